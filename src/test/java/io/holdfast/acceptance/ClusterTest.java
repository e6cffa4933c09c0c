package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes are one server: whoever is connected wherever sees the same. */
final class ClusterTest {
  private static final Duration MOST = Duration.ofSeconds(60);

  private static Trio trio;

  @BeforeAll
  static void start() {
    trio = Trio.started();
  }

  @AfterAll
  static void stop() {
    trio.close();
  }

  @Test
  void everyNodeSeesEveryChangeOfEveryOtherInOneOrder() {
    String note = Names.entity("note");
    List<WireClient> clients =
        trio.nodes().stream().map(node -> node.connectAs("user")).toList();
    clients.get(0).mutate(note, 1, "[{'op':'add','path':'','value':{'n':0}}]").receipt(note, 1);
    clients.forEach(client -> client.open(note));

    for (int i = 1; i <= 20; i++) {
      for (WireClient client : clients) {
        int seq = client == clients.get(0) ? i + 1 : i;
        client.mutate(note, seq, seq - 1, "[{'op':'inc','path':'/n','value':1}]");
      }
    }

    for (WireClient client : clients) {
      client.await(frame -> frame.has("version") && frame.number("version") == 61);
      assertThat(versions(client)).isSorted().doesNotHaveDuplicates();
    }
    for (NodeProcess node : trio.nodes()) {
      HttpCalls.Answer answer = node.http().get("/v1/state/" + note + "?min-version=61");
      assertThat(answer.text()).isEqualTo("{\"n\":60}");
    }
    clients.forEach(WireClient::close);
  }

  private static List<Long> versions(WireClient client) {
    List<Long> versions = new ArrayList<>();
    client.heard("changed").forEach(frame -> frame
        .changes()
        .forEach(change -> versions.add(change.number("version"))));
    return versions;
  }

  @Test
  void aDocumentOfEightMebibytesCrossesNodesAndSoDoItsChanges() {
    String big = "/v1/state/" + Names.entity("atlas");
    String text = "x".repeat(200_000);
    StringBuilder pages = new StringBuilder("{'pages':['" + text + "'");
    for (int i = 1; i < 41; i++) {
      pages.append(",'").append(text).append('\'');
    }
    String document = pages.append("],'title':'a'}").toString();

    for (int i = 0; i < 3; i++) {
      HttpCalls writer = trio.node(i).http();
      HttpCalls other = trio.node((i + 1) % 3).http();
      String path = big + i;
      String[] once = {"Idempotency-Key", Names.fresh("key")};
      String[] next = {"Idempotency-Key", Names.fresh("key")};
      awaitDone(() -> writer.put(path, document, once));
      awaitDone(() -> other.patch(path, "[{'op':'replace','path':'/title','value':'b'}]", next));
    }

    for (int i = 0; i < 3; i++) {
      for (NodeProcess node : trio.nodes()) {
        String there = node.http().get(big + i + "?min-version=2").text();
        assertThat(there.length()).isEqualTo(SingleQuotes.text(document).length());
        assertThat(there).endsWith("\"title\":\"b\"}");
      }
    }
  }

  @Test
  void aClientThatComesBackToAnotherNodeGetsWhatItMissedAndNotTheWholeLongDocument() {
    String note = Names.entity("note");
    HttpCalls writer = trio.node(0).http();
    String pad = "x".repeat(200_000);
    awaitDone(() -> writer.put("/v1/state/" + note, "{'n':0,'pad':'" + pad + "'}"));
    long epoch;
    try (WireClient ann = trio.node(0).connectAs("ann")) {
      epoch = ann.open(note).number("epoch");
    }
    for (int i = 2; i <= 30; i++) {
      String[] once = {"Idempotency-Key", Names.fresh("key")};
      awaitDone(
          () -> writer.patch("/v1/state/" + note, "[{'op':'inc','path':'/n','value':1}]", once));
    }
    assertThat(trio.node(1).http().get("/v1/state/" + note + "?min-version=30").status())
        .isEqualTo(200);

    try (WireClient ann = trio.node(1).connectAs("ann")) {
      ann.say("{'t':'open','entity':'%s','epoch':%d,'version':1}".formatted(note, epoch));
      ServerFrame first = ann.await(frame -> frame.is("state", note) || frame.is("changed", note));

      assertThat(first.t()).isEqualTo("changed");
      assertThat(first.number("from")).isEqualTo(1);
      assertThat(first.number("version")).isEqualTo(30);
      assertThat(first.changes()).hasSize(29);
    }
  }

  /** What is unavailable for a moment, on a busy machine, is asked again, as a client would. */
  private static void awaitDone(Supplier<HttpCalls.Answer> call) {
    await().atMost(MOST).until(() -> call.get().status() == 200);
  }

  @Test
  void whoIsPresentIsSeenOnEveryNodeUntilTheyLeave() {
    String room = Names.entity("note");
    try (WireClient ann = trio.node(0).connectAs("ann");
        WireClient bob = trio.node(1).connectAs("bob");
        WireClient eve = trio.node(2).connectAs("eve")) {
      for (WireClient client : List.of(ann, bob, eve)) {
        client.say("{'t':'open','entity':'%s','presence':true}".formatted(room));
        client.await("state");
      }

      ann.say("{'t':'present','entity':'%s','data':{'cursor':7}}".formatted(room));

      for (WireClient client : List.of(bob, eve)) {
        ServerFrame put = client.await(
            frame -> frame.t().equals("presence") && frame.toString().contains("cursor"));
        assertThat(put.toString()).contains("\"ann\"");
      }
      ann.close();
      for (WireClient client : List.of(bob, eve)) {
        client.await(frame -> frame.t().equals("presence") && frame.has("gone"));
      }
    }
  }

  @Test
  void aFloodOnOneEntityHoldsUpTheFlooderOnlyAndIsAppliedInItsOrder() {
    String queue = Names.entity("queue");
    AtomicBoolean flooding = new AtomicBoolean(true);
    try (WireClient mallory = trio.node(0).connectAs("mallory");
        WireClient ann = trio.node(1).connectAs("ann")) {
      mallory.mutate(queue, 1, "[{'op':'add','path':'','value':0}]").receipt(queue, 1);
      CompletableFuture<List<Long>> flood =
          CompletableFuture.supplyAsync(() -> flood(mallory, queue, flooding));
      await().atMost(MOST).until(() -> isOverloaded(mallory.heard("error")));

      for (int seq = 1; seq <= 10; seq++) {
        ServerFrame receipt =
            ann.mutate(queue, seq, "[{'op':'inc','path':'','value':1}]").receipt(queue, seq);
        assertThat(receipt.t()).as(receipt.toString()).isEqualTo("accepted");
      }
      flooding.set(false);

      List<Long> accepted = flood.orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(accepted)
          .hasSizeGreaterThan(100)
          .isEqualTo(LongStream.rangeClosed(1, accepted.size()).boxed().toList());
    }
  }

  private static boolean isOverloaded(List<ServerFrame> errors) {
    return errors.stream().anyMatch(error -> error.text("code").equals("overloaded"));
  }

  /** Ten commands at a time, from the first that is not decided on, as fast as it goes and for a hundred more; what was accepted. */
  private static List<Long> flood(WireClient client, String entity, AtomicBoolean on) {
    List<Long> accepted = accepted(client);
    for (long most = Long.MAX_VALUE; accepted.size() < most; accepted = accepted(client)) {
      long next = accepted.size() + 1L;
      for (long seq = next; seq < next + 10; seq++) {
        client.mutate(entity, seq, "[{'op':'inc','path':'','value':1}]");
      }
      client.catchUp();
      most = on.get() ? Long.MAX_VALUE : Math.min(most, next + 100);
    }
    return accepted;
  }

  private static List<Long> accepted(WireClient client) {
    return client.heard("accepted").stream()
        .filter(frame -> !frame.has("duplicate"))
        .map(frame -> frame.number("seq"))
        .toList();
  }

  @Test
  void aQuarantinedEntityIsClosedForEverybodyOnEveryNodeAndServedAgainOnceReleased()
      throws SQLException {
    String note = Names.entity("note");
    String path = "/v1/state/" + note;
    awaitDone(() -> trio.node(0).http().put(path, "1", "Idempotency-Key", Names.fresh("key")));
    List<WireClient> clients =
        trio.nodes().stream().map(node -> node.connectAs("reader")).toList();
    clients.forEach(client -> client.open(note));

    sql(
        "INSERT INTO quarantine (persistence_id, at, version, reason) VALUES (?, 1, 1, 'so')",
        note);

    for (NodeProcess node : trio.nodes()) {
      await().atMost(MOST).until(() -> node.http().get(path).code().equals("quarantined"));
    }
    for (WireClient client : clients) {
      assertThat(client.await("closed").text("code")).isEqualTo("quarantined");
      client.close();
    }
    sql("DELETE FROM quarantine WHERE persistence_id = ?", note);
    for (NodeProcess node : trio.nodes()) {
      await().atMost(MOST).until(() -> node.http().get(path).status() == 200);
    }
  }

  private static void sql(String sql, String value) throws SQLException {
    try (Connection connection = trio.database().connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      assertThat(statement.executeUpdate()).isOne();
    }
  }

  @Test
  void aStrongReadOnAnyNodeSeesWhatWasJustWrittenOnAnother() {
    String note = "/v1/state/" + Names.entity("note");
    for (int i = 1; i <= 12; i++) {
      trio.node(i % 3).http().put(note, "{'n':" + i + "}");

      String read =
          trio.node((i + 1) % 3).http().get(note + "?consistency=strong").text();

      assertThat(read).isEqualTo("{\"n\":" + i + "}");
    }
  }

  @Test
  void aKilledNodesEntitiesGoOnElsewhereAndNothingAcknowledgedIsLost() {
    Crew guests = Crew.at(trio.node(0), 4);
    guests.awaitReceipts(100);
    trio.node(1).kill();
    guests.awaitReceipts(100);
    guests.finishAndAssertExactlyOnce(trio.node(2).http());
    trio.restart(1);

    Crew residents = Crew.at(trio.node(0), 4);
    residents.awaitReceipts(100);
    residents.goOnAt(trio.node(1));
    trio.node(0).kill();
    residents.awaitReceipts(100);
    residents.finishAndAssertExactlyOnce(trio.node(2).http());
    trio.restart(0);
  }

  @Test
  void aDrainedNodesSessionsAndEntitiesMoveWhileItKeepsRunning() {
    Crew crew = Crew.at(trio.node(2), 4);
    crew.awaitReceipts(50);
    crew.goOnAt(trio.node(0));

    HttpCalls.Answer drained = trio.node(2).ops().post("/admin/drain", "");

    assertThat(drained.status()).as(drained.text()).isEqualTo(200);
    assertThat(trio.node(2).ops().get("/health/ready").status()).isEqualTo(503);
    assertThat(trio.node(2).ops().get("/health/live").status()).isEqualTo(200);
    crew.awaitReceipts(50);
    crew.finishAndAssertExactlyOnce(trio.node(0).http());
    trio.node(2).process().terminate();
    assertThat(trio.node(2).process().awaitExit(MOST)).isZero();
    trio.restart(2);
  }
}
