package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGTERM: who is connected is told, what was begun is finished, then the node is gone. */
final class DrainTest {
  private static final Duration MOST = Duration.ofSeconds(20);

  private final Database database = new Database();
  private final NodeHome home = NodeHome.create()
      .with("HOLDFAST_JDBC_URL", database.url())
      .with("HOLDFAST_JDBC_USER", "postgres");
  private NodeProcess node;

  @BeforeEach
  void start() {
    database.start();
    node = home.start();
  }

  @AfterEach
  void tidyUp() {
    node.close();
    home.close();
    database.close();
  }

  @Test
  void commandsUnderWayAreAnsweredWhileNewClientsAreSentElsewhere() throws SQLException {
    String note = Names.entity("note");
    try (WireClient alice = node.connectAs("alice");
        EventStream events = EventStream.of(node.http(), "/v1/state/note/watched/events");
        Connection slow = database.connect()) {
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':0}}]").receipt(note, 1);
      events.next();
      assertThat(node.ops().get("/health/ready").status()).isEqualTo(200);
      slow.setAutoCommit(false);
      slow.createStatement().execute("LOCK TABLE event_journal IN EXCLUSIVE MODE");
      for (int seq = 2; seq <= 11; seq++) {
        alice.mutate(note, seq, "[{'op':'inc','path':'/n','value':1}]");
      }
      alice.catchUp();

      node.process().terminate();
      await().atMost(MOST).until(() -> node.ops().get("/health/ready").status() == 503);
      assertThat(node.http().get("/v1/socket", "Accept", "*/*").status()).isNotEqualTo(101);
      assertThat(alice.isClosed()).isFalse();
      slow.rollback();

      assertThat(alice.awaitClose()).isEqualTo(1000);
      assertThat(alice.heard("goaway")).hasSize(1);
      assertThat(accepted(alice)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
      events.awaitEnd();
      assertThat(node.process().awaitExit(MOST)).isZero();
    }
  }

  private static List<Long> accepted(WireClient client) {
    return client.heard("accepted").stream().map(frame -> frame.number("seq")).toList();
  }

  @Test
  void clientsAreToldToComeBackSpreadOverTime() {
    List<WireClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(node.connectAs("user" + i));
    }
    node.process().terminate();

    List<ServerFrame> goaways =
        clients.stream().map(client -> client.await("goaway")).toList();

    assertThat(goaways).allSatisfy(goaway -> assertThat(goaway.text("code")).isEqualTo("draining"));
    assertThat(goaways)
        .allSatisfy(goaway -> assertThat(goaway.number("retryAfterMs")).isBetween(0L, 5000L));
    assertThat(goaways.stream()
            .map(goaway -> goaway.number("retryAfterMs"))
            .collect(Collectors.toSet()))
        .hasSizeGreaterThan(10);
    clients.forEach(client -> assertThat(client.awaitClose()).isEqualTo(1000));
    assertThat(node.process().awaitExit(MOST)).isZero();
    assertThat(node.process().err()).noneMatch(line -> line.contains("ERROR"));
  }
}
