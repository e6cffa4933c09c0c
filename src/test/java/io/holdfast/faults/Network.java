package io.holdfast.faults;

import io.holdfast.acceptance.RootCommand;
import java.util.List;

/**
 * Network namespaces on one bridge, one for each node, whose connections can be cut in either direction: packets vanish in a
 * blackhole route and TCP keeps trying. Needs root.
 */
final class Network implements AutoCloseable {
  private final long id = ProcessHandle.current().pid() % 10_000;
  private final String subnet = "10.77.%d.".formatted(id % 250);
  private final int nodes;

  /** So many namespaces that all reach each other and the bridge. */
  Network(int nodes) {
    this.nodes = nodes;
    close();
    ip("link add %s type bridge".formatted(bridge()));
    ip("addr add %s/24 dev %s".formatted(hub(), bridge()));
    ip("link set %s up".formatted(bridge()));
    for (int i = 0; i < nodes; i++) {
      ip("netns add " + name(i));
      ip("link add %s type veth peer name eth0 netns %s".formatted(name(i), name(i)));
      ip("link set %s master %s up".formatted(name(i), bridge()));
      ip("-n %s addr add %s/24 dev eth0".formatted(name(i), host(i)));
      ip("-n %s link set eth0 up".formatted(name(i)));
      ip("-n %s link set lo up".formatted(name(i)));
    }
  }

  private String bridge() {
    return "hf%d-hub".formatted(id);
  }

  private String name(int node) {
    return "hf%d-%d".formatted(id, node);
  }

  /** The address outside all namespaces. */
  String hub() {
    return subnet + "1";
  }

  String host(int node) {
    return subnet + (11 + node);
  }

  /** What makes a command run there. */
  List<String> inside(int node) {
    return List.of("ip", "netns", "exec", name(node));
  }

  /** Packets of {@code from} to {@code to} are lost from now on. */
  void cut(int from, int to) {
    ip("-n %s route add blackhole %s/32".formatted(name(from), host(to)));
  }

  /** All packets arrive again. */
  void heal() {
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        ipIfThere("-n %s route del blackhole %s/32".formatted(name(from), host(to)));
      }
    }
  }

  private static void ip(String arguments) {
    RootCommand.run(("ip " + arguments).split(" ", -1));
  }

  /** What is to be taken away may not be there. */
  private static void ipIfThere(String arguments) {
    try {
      ip(arguments);
    } catch (IllegalStateException notThere) {
      // Then it is as it should be.
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < nodes; i++) {
      ipIfThere("netns del " + name(i));
    }
    ipIfThere("link del " + bridge());
  }
}
