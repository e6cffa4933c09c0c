package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops nodes that only pretend: shell scripts that greet, and write down when they are told to stop. */
class LocalClusterTest {
  private static final String NODE =
      """
      trap 'echo "$HOLDFAST_HTTP_PORT" >> stops; echo bye >&2; exit 0' TERM
      trap 'echo interrupted >> stops; exit 3' INT
      touch "$HOLDFAST_HTTP_PORT"
      echo "starting" >&2
      printf '\\n  Holdfast is up.\\n\\n  Open     http://localhost:1/\\n\\n'
      echo "serving"
      while :; do sleep 0.05; done
      """;

  @TempDir
  private Path directory;

  private final Cli cli = new Cli("");
  private @Nullable LocalCluster cluster;

  private LocalCluster start(String script) throws Exception {
    Path file =
        Files.writeString(directory.resolve("node.sh"), "cd '" + directory + "'\n" + script);
    Map<String, String> environment = new HashMap<>(Map.of("PATH", System.getenv("PATH")));
    ClusterPlan plan = ClusterPlan.of(3, 8080);
    cluster = LocalCluster.start(plan, List.of("sh", file.toString()), environment, cli.terminal());
    return cluster;
  }

  @AfterEach
  void leaveNothingRunning() {
    if (cluster != null) {
      cluster.stop();
    }
  }

  private String err() {
    return cli.err.toString(StandardCharsets.UTF_8);
  }

  private List<String> stops() throws IOException {
    return Files.readAllLines(directory.resolve("stops"));
  }

  private static List<Long> pids(LocalCluster cluster) {
    return cluster
        .greeting()
        .lines()
        .filter(line -> line.contains("pid "))
        .map(line -> Long.valueOf(line.replaceAll(".*pid ", "")))
        .toList();
  }

  @Test
  void tellsWhereEveryNodeIsOnceAllServe() throws Exception {
    LocalCluster started = start(NODE);

    started.awaitUp();

    assertThat(started.greeting())
        .contains("3 nodes")
        .contains("node-1   http://localhost:8080/ ")
        .contains("node-3   http://localhost:8082/  metrics http://localhost:8092/metrics");
    assertThat(pids(started)).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void putsTheNameOfTheNodeBeforeItsLinesAndLeavesItsGreetingOut() throws Exception {
    start(NODE).awaitUp();

    await().untilAsserted(() -> assertThat(err().lines())
        .containsExactlyInAnyOrder(
            "node-1 | starting",
            "node-1 | serving",
            "node-2 | starting",
            "node-2 | serving",
            "node-3 | starting",
            "node-3 | serving"));
  }

  @Test
  void stopsOneAfterTheOtherAndTheFirstLast() throws Exception {
    LocalCluster started = start(NODE);
    started.awaitUp();

    assertThat(started.stop()).isTrue();

    assertThat(stops()).containsExactly("8082", "8081", "8080");
    assertThat(err().lines().filter(line -> line.endsWith(" | stopped")))
        .containsExactly("node-3 | stopped", "node-2 | stopped", "node-1 | stopped");
    assertThat(started.awaitEnd()).isFalse();
    assertThat(started.stop()).isFalse();
  }

  @Test
  void whatANodeSaysWhileItStopsIsNotLost() throws Exception {
    LocalCluster started = start(NODE);
    started.awaitUp();

    started.stop();

    await().untilAsserted(() -> assertThat(err().lines())
        .contains("node-1 | bye", "node-2 | bye", "node-3 | bye"));
  }

  @Test
  void ctrlCReachesNoNodeBeforeItsTurn() throws Exception {
    LocalCluster started = start(NODE);
    started.awaitUp();

    for (long pid : pids(started)) {
      new ProcessBuilder("sh", "-c", "kill -INT " + pid).start().waitFor();
    }
    started.stop();

    assertThat(stops()).containsExactly("8082", "8081", "8080");
  }

  @Test
  void tellsOfANodeThatDiesAndGoesOnWithTheOthers() throws Exception {
    LocalCluster started = start(NODE);
    started.awaitUp();
    CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(started::awaitEnd);

    ProcessHandle.of(pids(started).get(1)).orElseThrow().destroyForcibly();

    await().untilAsserted(() -> assertThat(err()).contains("node-2 | ended with 137\n"));
    assertThat(end).isNotDone();
    ProcessHandle.of(pids(started).get(0)).orElseThrow().destroyForcibly();
    ProcessHandle.of(pids(started).get(2)).orElseThrow().destroyForcibly();
    assertThat(end.get()).isTrue();
  }

  @Test
  void leavesNoneRunningWhenOneCannotStart() throws Exception {
    String onceTheOthersListen = "until [ -e 8080 ] && [ -e 8082 ]; do sleep 0.05; done";
    LocalCluster started = start("if [ $HOLDFAST_HTTP_PORT = 8081 ]; then " + onceTheOthersListen
        + "; echo 'no luck' >&2; exit 4; fi\n" + NODE);

    assertThatThrownBy(started::awaitUp)
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("node-2: ended with 4 before it served");

    assertThat(stops()).containsExactly("8082", "8080");
    assertThat(err()).contains("node-2 | no luck\n");
  }
}
