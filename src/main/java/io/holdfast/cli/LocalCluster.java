package io.holdfast.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The nodes of a cluster on this machine, from their start to their end. */
final class LocalCluster {
  /** All phases of an orderly stop, if each takes its time, and some. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ClusterPlan plan;
  private final Terminal terminal;
  private final List<LocalNode> nodes = new ArrayList<>();
  private volatile boolean stopping;

  private LocalCluster(ClusterPlan plan, Terminal terminal) {
    this.plan = plan;
    this.terminal = terminal;
  }

  /**
   * Starts all nodes at once, because the first ones wait for each other.
   *
   * @param command what starts a node
   */
  static LocalCluster start(
      ClusterPlan plan, List<String> command, Map<String, String> environment, Terminal terminal)
      throws IOException {
    LocalCluster cluster = new LocalCluster(plan, terminal);
    try {
      for (int node : plan.numbers().toArray()) {
        cluster.nodes.add(LocalNode.start(
            "node-" + node, command, plan.environment(node, environment), terminal));
      }
      return cluster;
    } catch (IOException failed) {
      cluster.stop();
      throw failed;
    }
  }

  /** Returns when all nodes serve; if one ends before that, none is left running. */
  void awaitUp() throws CommandFailed {
    for (LocalNode node : nodes) {
      if (!node.up().join() && !stopping) {
        stop();
        throw new CommandFailed(
            ExitCode.REFUSED,
            "%s: ended with %d before it served (expected: its lines above say why)"
                .formatted(node.name(), node.ended().join()));
      }
    }
  }

  /** Where to go, for people. */
  String greeting() {
    StringBuilder text = new StringBuilder(
        "\n  Holdfast is up, %s.\n\n".formatted(Printed.count(nodes.size(), "node")));
    for (int i = 1; i <= nodes.size(); i++) {
      text.append("  %-8s http://localhost:%d/  metrics http://localhost:%d/metrics  pid %d%n"
          .formatted(
              nodes.get(i - 1).name(),
              plan.httpPort(i),
              plan.opsPort(i),
              nodes.get(i - 1).pid()));
    }
    return text.append("\n  A document is the same on all of them. Ctrl-C stops them one by one.\n")
        .toString();
  }

  /** Returns when no node is left, and tells of each that ended unasked; false if all were told to. */
  boolean awaitEnd() {
    CompletableFuture.allOf(nodes.stream()
            .map(node -> node.ended().thenAccept(exitCode -> tell(node, exitCode)))
            .toArray(CompletableFuture<?>[]::new))
        .join();
    return !stopping;
  }

  private void tell(LocalNode node, int exitCode) {
    if (!stopping) {
      terminal.note("%s | ended with %d".formatted(node.name(), exitCode));
    }
  }

  /**
   * Stops one node after the other and returns when all have ended; false if none was left. The first goes last: it is the
   * oldest, and what only the oldest does moves once instead of every time.
   */
  boolean stop() {
    if (nodes.stream().noneMatch(LocalNode::isAlive)) {
      return false;
    }
    stopping = true;
    List<LocalNode> lastFirst = new ArrayList<>(nodes);
    Collections.reverse(lastFirst);
    for (LocalNode node : lastFirst) {
      stop(node);
    }
    return true;
  }

  private void stop(LocalNode node) {
    try {
      boolean orderly = node.stop(PATIENCE);
      terminal.note("%s | %s".formatted(node.name(), orderly ? "stopped" : "killed"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
