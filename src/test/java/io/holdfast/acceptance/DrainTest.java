package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SIGTERM: who is connected is told, what was begun is finished, then the node is gone. */
final class DrainTest {
  private static final Duration MOST = Duration.ofSeconds(20);

  @Test
  void commandsUnderWayAreAnsweredWhileNewClientsAreSentElsewhere() throws SQLException {
    String note = Names.entity("note");
    try (Database database = new Database().started();
        NodeHome home = NodeHome.on(database);
        NodeProcess node = home.start();
        WireClient alice = node.connectAs("alice");
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
      assertThatThrownBy(node::connect).isInstanceOf(Disconnected.class);
      assertThat(alice.isClosed()).isFalse();
      slow.rollback();

      assertThat(alice.awaitClose()).isEqualTo(1000);
      assertThat(alice.heard("goaway")).hasSize(1);
      assertThat(accepted(alice)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
      events.awaitEnd();
      assertThat(events.retry()).isPresent();
      assertThat(node.process().awaitExit(MOST)).isZero();
    }
  }

  private static List<Long> accepted(WireClient client) {
    return client.heard("accepted").stream().map(frame -> frame.number("seq")).toList();
  }

  @Test
  void clientsAreToldToComeBackSpreadOverTime() {
    try (NodeHome home = NodeHome.create();
        NodeProcess node = home.start()) {
      List<WireClient> clients =
          IntStream.range(0, 20).mapToObj(i -> node.connectAs("user" + i)).toList();
      node.process().terminate();

      List<ServerFrame> goaways =
          clients.stream().map(client -> client.await("goaway")).toList();

      assertThat(goaways)
          .allSatisfy(goaway -> assertThat(goaway.text("code")).isEqualTo("draining"));
      assertThat(goaways)
          .allSatisfy(goaway -> assertThat(goaway.number("retryAfterMs")).isBetween(0L, 5000L));
      assertThat(goaways.stream().map(goaway -> goaway.number("retryAfterMs")).distinct())
          .hasSizeGreaterThan(10);
      clients.forEach(client -> assertThat(client.awaitClose()).isEqualTo(1000));
      assertThat(node.process().awaitExit(MOST)).isZero();
      assertThat(node.process().err()).noneMatch(line -> line.contains("ERROR"));
    }
  }

  @Test
  void aClientThatTalksOnAfterTheGoodbyeKeepsNothingWaiting() {
    try (NodeHome home = NodeHome.create();
        NodeProcess node = home.start();
        RawSocket alice = node.raw()) {
      alice.say("{'t':'hello','client':'c-alice','token':'alice'}").await("welcome");
      node.process().terminate();
      alice.await("goaway");

      int said = 0;
      byte[] ping = RawSocket.frame(RawSocket.FINAL | RawSocket.PING, new byte[0]);
      while (alice.tryWrite(ping)) {
        said++;
      }

      assertThat(said).isPositive();
      assertThat(node.process().awaitExit(MOST)).isZero();
      assertThat(node.process().err()).noneMatch(line -> line.contains("timed out"));
    }
  }

  @Test
  void aReaderOfEventsThatDoesNotReadKeepsNothingWaiting() throws IOException {
    String note = "/v1/state/" + Names.entity("note");
    try (NodeHome home = NodeHome.create();
        NodeProcess node = home.start();
        Socket deaf = new Socket(InetAddress.getLoopbackAddress(), node.httpPort())) {
      node.http().put(note, "0");
      deaf.getOutputStream().write(call(note + "/events").getBytes(StandardCharsets.US_ASCII));
      await().atMost(MOST).until(() -> metrics(node).contains("holdfast_sessions 1.0"));
      for (String letter : List.of("a", "b", "c")) {
        assertThat(node.http().put(note, large(letter)).status()).isEqualTo(200);
      }

      node.process().terminate();

      assertThat(node.process().awaitExit(MOST)).isZero();
      assertThat(node.process().err())
          .anyMatch(line -> line.contains("drain: all clients are gone"))
          .noneMatch(line -> line.contains("timed out"));
    }
  }

  private static String call(String path) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
  }

  private static String metrics(NodeProcess node) {
    return node.ops().get("/metrics").text();
  }

  /** Three of them are more than the machine takes on behalf of somebody who does not read. */
  private static String large(String letter) {
    String line = "'" + letter.repeat(200_000) + "'";
    return "[" + String.join(",", Collections.nCopies(19, line)) + "]";
  }
}
