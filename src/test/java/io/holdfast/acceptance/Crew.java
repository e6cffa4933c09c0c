package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Several writers on one entity that go on over every break, and what must be true of what they wrote. */
final class Crew {
  private static final int NOWHERE = 0;
  private static final int PAGE = 1000;

  private final String entity = Names.entity("note");
  private final AtomicInteger port = new AtomicInteger(NOWHERE);
  private final List<SteadyWriter> writers = new ArrayList<>();

  /** {@code size} writers at work on {@code node}. */
  static Crew at(NodeProcess node, int size) {
    Crew crew = new Crew();
    node.http().put("/v1/state/" + crew.entity, "{'log':[]}");
    for (int i = 0; i < size; i++) {
      crew.writers.add(new SteadyWriter(Names.fresh("w"), crew.entity, crew::connection));
    }
    crew.goOnAt(node);
    crew.writers.forEach(SteadyWriter::start);
    return crew;
  }

  private WireClient connection() {
    if (port.get() == NOWHERE) {
      throw new Disconnected("no node yet");
    }
    return WireClient.to(port.get());
  }

  /** From now on connections go to {@code node}. */
  void goOnAt(NodeProcess node) {
    port.set(node.httpPort());
  }

  /** From now on there are no new connections. */
  void stayAway() {
    port.set(NOWHERE);
  }

  int receipts() {
    return writers.stream().mapToInt(writer -> writer.receipts().size()).sum();
  }

  void awaitReceipts(int more) {
    int target = receipts() + more;
    await().atMost(Duration.ofSeconds(60)).until(() -> receipts() >= target);
  }

  /** Waits until a writer hears that the outcome of its commands is not known. */
  void awaitUnavailable() {
    await().atMost(Duration.ofSeconds(30)).until(() -> writers.stream()
        .anyMatch(w -> w.unavailable() > 0));
  }

  /** P1: each acknowledged command is in the history, at the version its receipt says. */
  void assertAllAcknowledgedIsThere(HttpCalls http) {
    Map<String, Long> stored = history(http);
    for (SteadyWriter writer : writers) {
      writer.receipts().forEach((seq, version) -> assertThat(stored)
          .containsEntry(writer.name() + " " + seq, version));
    }
  }

  private Map<String, Long> history(HttpCalls http) {
    Map<String, Long> versions = new HashMap<>();
    long from = 1;
    List<ServerFrame> page = page(http, from);
    while (!page.isEmpty()) {
      page.forEach(change -> versions.put(
          change.text("client") + " " + change.number("seq"), change.number("version")));
      from += page.size();
      page = page(http, from);
    }
    return versions;
  }

  private List<ServerFrame> page(HttpCalls http, long from) {
    HttpCalls.Answer answer =
        http.get("/v1/state/%s/history?from=%d&limit=%d".formatted(entity, from, PAGE));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return new ServerFrame((JsonObject) answer.json()).changes();
  }

  /** P3: once all has been decided, each command took effect once and each writer's are in its order. */
  void finishAndAssertExactlyOnce(HttpCalls http) {
    Map<String, Long> written = new HashMap<>();
    for (SteadyWriter writer : writers) {
      written.put(writer.name(), writer.finish());
    }
    Map<String, Long> lastSeen = new HashMap<>();
    for (Json line :
        (JsonArray) ((JsonObject) settled(http).json()).member("log").orElseThrow()) {
      String[] nameAndSeq = ((JsonString) line).value().split(" ");
      long seq = Long.parseLong(nameAndSeq[1]);
      assertThat(seq).as(nameAndSeq[0]).isEqualTo(lastSeen.getOrDefault(nameAndSeq[0], 0L) + 1);
      lastSeen.put(nameAndSeq[0], seq);
    }
    assertThat(lastSeen).isEqualTo(written);
    assertAllAcknowledgedIsThere(http);
  }

  /** What is committed, once the node can say so: right after a loss it may have to wait for others. */
  private HttpCalls.Answer settled(HttpCalls http) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> http.get("/v1/state/" + entity + "?consistency=strong"),
            answer -> answer.status() == 200);
  }
}
