package io.holdfast.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the nodes of a cluster on one machine listen. Nodes are numbered from 1.
 *
 * @param nodes how many
 * @param basePort the first one's public port; all others follow from it
 */
record ClusterPlan(int nodes, int basePort) {
  /** One more, and public ports would reach the ops ports. */
  private static final int MOST_NODES = 10;

  private static final int OPS = 10;
  /** From 8080 to 25521. */
  private static final int REMOTING = 17_441;

  private static final int HIGHEST_PORT = 65_535;
  private static final String HOST = "127.0.0.1";

  static ClusterPlan of(int nodes, int basePort) throws CommandFailed {
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new CommandFailed(
          ExitCode.USAGE, "--nodes: %d (expected: 1–%d)".formatted(nodes, MOST_NODES));
    }
    int highest = HIGHEST_PORT - REMOTING - nodes + 1;
    if (basePort < 1 || basePort > highest) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--base-port: %d (expected: 1–%d, remoting is %d above)"
              .formatted(basePort, highest, REMOTING));
    }
    return new ClusterPlan(nodes, basePort);
  }

  int httpPort(int node) {
    return basePort + node - 1;
  }

  int opsPort(int node) {
    return httpPort(node) + OPS;
  }

  int remotingPort(int node) {
    return httpPort(node) + REMOTING;
  }

  /** 1 … n. */
  IntStream numbers() {
    return IntStream.rangeClosed(1, nodes);
  }

  /** Every port any of the nodes needs. */
  List<Integer> ports() {
    return numbers()
        .flatMap(node -> IntStream.of(httpPort(node), opsPort(node), remotingPort(node)))
        .boxed()
        .toList();
  }

  String seedNodes() {
    return numbers()
        .mapToObj(node -> HOST + ":" + remotingPort(node))
        .collect(Collectors.joining(","));
  }

  /** What a node's environment is on top of {@code inherited}: its own ports win, whatever else is set counts for all. */
  Map<String, String> environment(int node, Map<String, String> inherited) {
    Map<String, String> own = Map.of(
        "HOLDFAST_HTTP_PORT", String.valueOf(httpPort(node)),
        "HOLDFAST_OPS_PORT", String.valueOf(opsPort(node)),
        "HOLDFAST_REMOTING_HOST", HOST,
        "HOLDFAST_REMOTING_PORT", String.valueOf(remotingPort(node)),
        "HOLDFAST_SEED_NODES", seedNodes());
    Map<String, String> all = new TreeMap<>(inherited);
    own.keySet().forEach(name -> all.remove(name + "_FILE"));
    all.putAll(own);
    all.putIfAbsent("HOLDFAST_JAVA_OPTS", "-XX:MaxRAMPercentage=" + heapPercentage());
    return all;
  }

  /** Half of the machine for all heaps together, where one node would take half for itself. */
  private int heapPercentage() {
    return 50 / nodes;
  }
}
