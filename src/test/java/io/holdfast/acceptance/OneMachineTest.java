package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code holdfast cluster}: three nodes on this machine with one command. */
class OneMachineTest {
  private static final Duration MOST = Duration.ofSeconds(120);

  private final Database database = new Database();
  private final NodeHome home = NodeHome.create();
  private final int basePort = basePort();

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private JavaProcess cluster;

  /** The first of nine that are free. */
  private static int basePort() {
    return IntStream.iterate(18_080, port -> port + 20)
        .limit(500)
        .filter(port -> ports(port).allMatch(OneMachineTest::isFree))
        .findFirst()
        .orElseThrow();
  }

  private static IntStream ports(int base) {
    return IntStream.rangeClosed(0, 2)
        .flatMap(node -> IntStream.of(base + node, base + 10 + node, base + 17_441 + node));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  @BeforeEach
  void start() {
    database.start();
    Map<String, String> environment = Map.of(
        "HOLDFAST_CONF", home.directory().resolve("conf").toString(),
        "HOLDFAST_JDBC_URL", database.url(),
        "HOLDFAST_JDBC_USER", "postgres");
    cluster = JavaProcess.start(
        home.directory(), environment, List.of("cluster", "--base-port", "" + basePort));
    await("the greeting")
        .atMost(MOST)
        .until(() ->
            cluster.out().stream().anyMatch(line -> line.contains("Ctrl-C")) || !cluster.isAlive());
    assertThat(cluster.isAlive()).as(cluster.said()).isTrue();
  }

  @AfterEach
  void stop() {
    if (cluster.isAlive()) {
      List<ProcessHandle> nodes =
          ProcessHandle.of(cluster.pid()).orElseThrow().descendants().toList();
      cluster.kill();
      nodes.forEach(ProcessHandle::destroyForcibly);
    }
    home.close();
    database.close();
  }

  @Test
  void whatIsWrittenOnOneNodeIsSeenOnAllUntilTheyAreStoppedInOrder() {
    String note = Names.entity("note");
    List<WireClient> clients =
        IntStream.range(0, 3).mapToObj(node -> observer(basePort + node, note)).toList();

    clients.get(0).mutate(note, 1, "[{'op':'add','path':'','value':{'n':1}}]").receipt(note, 1);

    for (WireClient other : clients.subList(1, 3)) {
      other.await(frame -> frame.has("version") && frame.number("version") == 1);
    }
    clients.forEach(WireClient::close);
    terminate();
    assertThat(cluster.awaitExit(MOST)).as(cluster.said()).isZero();
    assertThat(cluster.err().stream().filter(line -> line.endsWith(" | stopped")))
        .containsExactly("node-3 | stopped", "node-2 | stopped", "node-1 | stopped");
    assertThat(ports(basePort)).allMatch(OneMachineTest::isFree);
  }

  private static WireClient observer(int port, String entity) {
    WireClient client = WireClient.to(port);
    client.hello(Names.fresh("user"), "user");
    client.open(entity);
    return client;
  }

  @Test
  void aNodeThatIsKilledIsMissedByNobodyForLong() {
    String note = "/v1/state/" + Names.entity("note");
    HttpCalls first = new HttpCalls(URI.create("http://127.0.0.1:" + basePort));
    HttpCalls third = new HttpCalls(URI.create("http://127.0.0.1:" + (basePort + 2)));
    await().atMost(MOST).until(() -> first.put(note, "{'n':1}").status() == 200);

    ProcessHandle.of(pid("node-2")).orElseThrow().destroyForcibly();

    await().atMost(MOST).untilAsserted(() -> assertThat(cluster.err())
        .contains("node-2 | ended with 137"));
    await().atMost(MOST).until(() -> third.put(note, "{'n':2}").status() == 200);
    assertThat(first.get(note + "?consistency=strong").text()).isEqualTo("{\"n\":2}");
    terminate();
    assertThat(cluster.awaitExit(MOST)).as(cluster.said()).isZero();
  }

  /** SIGTERM, without closing the streams. */
  private void terminate() {
    ProcessHandle.of(cluster.pid()).orElseThrow().destroy();
  }

  private long pid(String node) {
    return cluster.out().stream()
        .filter(line -> line.contains(node))
        .map(line -> Long.valueOf(line.replaceAll(".* pid ", "")))
        .findFirst()
        .orElseThrow();
  }
}
