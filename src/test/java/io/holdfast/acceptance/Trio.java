package io.holdfast.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three nodes of one cluster on one PostgreSQL. */
final class Trio implements AutoCloseable {
  private static final int NODES = 3;

  private final Database database = new Database().started();
  private final List<Integer> ports =
      IntStream.range(0, NODES).mapToObj(i -> FreePort.find()).toList();
  private final List<NodeHome> homes = new ArrayList<>();
  private final List<NodeProcess> nodes = new ArrayList<>();

  private Trio() {
    for (int port : ports) {
      homes.add(NodeHome.on(database)
          .with("HOLDFAST_SEED_NODES", seeds())
          .with("HOLDFAST_REMOTING_PORT", Integer.toString(port))
          .kind("atlas", kind("atlas", "'bytes':8388608"))
          .kind("queue", kind("queue", "'commandsPerSecond':100")));
    }
  }

  private static String kind(String name, String limits) {
    return "{'kind':'%s','limits':{%s},'access':{'read':['anyone'],'create':['anyone'],'write':['anyone']}}"
        .formatted(name, limits);
  }

  private String seeds() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** All three, serving. */
  static Trio started() {
    Trio trio = new Trio();
    trio.nodes.add(trio.homes.get(0).start());
    List<JavaProcess> others =
        trio.homes.subList(1, NODES).stream().map(NodeHome::launch).toList();
    others.forEach(process -> trio.nodes.add(NodeProcess.of(process)));
    return trio;
  }

  NodeProcess node(int index) {
    return nodes.get(index);
  }

  Database database() {
    return database;
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  /** Starts a node again that has ended. */
  NodeProcess restart(int index) {
    nodes.set(index, homes.get(index).start());
    return nodes.get(index);
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
    homes.forEach(NodeHome::close);
    database.close();
  }
}
