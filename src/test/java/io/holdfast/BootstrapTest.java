package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with the settings that ship, each at an address of its own, who are told where others may be instead of by Kubernetes. */
class BootstrapTest {
  private static final List<String> ADDRESSES = List.of("127.0.0.21", "127.0.0.22", "127.0.0.23");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir
  private Path empty;

  private final List<ActorSystem<Void>> nodes = new ArrayList<>();
  private final int port = freePort();

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private ActorSystem<Void> node(String address) {
    Map<String, String> environment = Map.of(
        "HOLDFAST_CONF",
        empty.toString(),
        "HOLDFAST_DATA",
        empty.toString(),
        "HOLDFAST_CLUSTER_BOOTSTRAP",
        "on",
        "HOLDFAST_REMOTING_HOST",
        address);
    Config told = ConfigFactory.parseMap(Map.of(
        "akka.discovery.method",
        "config",
        "akka.discovery.config.services.holdfast.endpoints",
        endpoints(),
        "akka.management.http.port",
        port));
    Config config = told.withFallback(ServerSettings.load(environment).config());
    ActorSystem<Void> node = ActorSystem.create(Behaviors.empty(), "holdfast", config);
    nodes.add(node);
    return node;
  }

  private List<Map<String, Object>> endpoints() {
    return ADDRESSES.subList(0, 2).stream()
        .map(address -> Map.<String, Object>of("host", address, "port", port))
        .toList();
  }

  @AfterEach
  void stop() {
    nodes.forEach(ActorTestKit::shutdown);
  }

  /** Addresses of those who are up, as a node sees it. */
  private static TreeSet<String> up(ActorSystem<?> node) {
    TreeSet<String> addresses = new TreeSet<>();
    for (Member member : Cluster.get(node).state().getMembers()) {
      if (member.status().equals(MemberStatus.up())) {
        addresses.add(String.valueOf(member.address().getHost().orElse("")));
      }
    }
    return addresses;
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://%s:%d%s".formatted(ADDRESSES.get(0), port, path)))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void nodesThatSeeEachOtherBecomeOneClusterWhichLaterOnesJoin() throws Exception {
    ActorSystem<Void> first = node(ADDRESSES.get(0));
    ActorSystem<Void> second = node(ADDRESSES.get(1));
    assertThat(Bootstrap.start(first).toCompletableFuture().get()).isEqualTo(Done.getInstance());
    assertThat(Bootstrap.start(second).toCompletableFuture().get()).isEqualTo(Done.getInstance());

    await().atMost(LONG).untilAsserted(() -> assertThat(List.of(up(first), up(second)))
        .containsOnly(new TreeSet<>(ADDRESSES.subList(0, 2))));

    ActorSystem<Void> third = node(ADDRESSES.get(2));
    assertThat(Bootstrap.start(third).toCompletableFuture().get()).isEqualTo(Done.getInstance());
    await().atMost(LONG).untilAsserted(() -> assertThat(List.of(up(first), up(third)))
        .containsOnly(new TreeSet<>(ADDRESSES)));
  }

  @Test
  void thePortForOtherNodesTellsWhereTheClusterIsAndDoesNothingElse() throws Exception {
    Bootstrap.start(node(ADDRESSES.get(0))).toCompletableFuture().get();

    assertThat(ask("GET", "/bootstrap/seed-nodes").statusCode()).isEqualTo(200);
    for (String path : List.of("/cluster/members", "/alive", "/ready", "/")) {
      for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
        assertThat(ask(method, path).statusCode()).as(method + " " + path).isEqualTo(404);
      }
    }
    assertThat(ask("POST", "/bootstrap/seed-nodes").statusCode()).isBetween(400, 499);
  }

  @Test
  void aPortInUseIsTold() throws Exception {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 21});
    try (ServerSocket taken = new ServerSocket(port, 1, address)) {
      assertThat(taken.isBound()).isTrue();

      assertThatThrownBy(() ->
              Bootstrap.start(node(ADDRESSES.get(0))).toCompletableFuture().get())
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(BindException.class);
    }
  }

  @Test
  void isOffUntilItIsSwitchedOn() {
    Map<String, String> environment = Map.of("HOLDFAST_CONF", empty.toString());

    assertThat(Bootstrap.isOn(ServerSettings.load(environment).config())).isFalse();
  }

  @Test
  void refusesASwitchThatIsNone() {
    Map<String, String> environment =
        Map.of("HOLDFAST_CONF", empty.toString(), "HOLDFAST_CLUSTER_BOOTSTRAP", "perhaps");

    assertThatThrownBy(() -> ServerSettings.load(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holdfast.cluster.bootstrap");
  }
}
