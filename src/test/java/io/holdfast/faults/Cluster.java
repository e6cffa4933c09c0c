package io.holdfast.faults;

import io.holdfast.acceptance.Database;
import io.holdfast.acceptance.FreePort;
import io.holdfast.acceptance.JavaProcess;
import io.holdfast.acceptance.NodeHome;
import io.holdfast.acceptance.NodeProcess;
import io.holdfast.checker.JournalRow;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Nodes on one PostgreSQL; each keeps its ports over restarts. */
final class Cluster implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(90);
  private static final String ROWS =
      "SELECT persistence_id, sequence_number, deleted, writer, event_payload FROM event_journal";

  /** One place for a node, and the node that runs there now. */
  private static final class Place {
    final NodeHome home;
    final int port = FreePort.find();
    final int remoting = FreePort.find();
    NodeProcess node;

    @SuppressWarnings("NullAway.Init") // Started before anybody asks.
    Place(NodeHome home) {
      this.home = home.with("HOLDFAST_HTTP_PORT", String.valueOf(port));
    }
  }

  private final Database database = new Database().started();
  private final List<Place> places = new ArrayList<>();

  private final DatabaseProxy proxy =
      DatabaseProxy.to(URI.create(database.url().substring(5)).getPort());

  private Cluster() {}

  /** So many nodes that serve, directly on the database or through the proxy. */
  static Cluster of(int nodes, boolean proxied) {
    Cluster cluster = new Cluster();
    for (int i = 0; i < nodes; i++) {
      NodeHome home = NodeHome.on(cluster.database);
      cluster.places.add(
          new Place(proxied ? home.with("HOLDFAST_JDBC_URL", cluster.proxy.url()) : home));
    }
    if (nodes > 1) {
      cluster.joinUp();
    }
    cluster.startAll();
    return cluster;
  }

  /** Starts a node in every place, all at once. */
  void startAll() {
    List<JavaProcess> launched =
        places.stream().map(place -> place.home.launch()).toList();
    for (int i = 0; i < places.size(); i++) {
      places.get(i).node = NodeProcess.of(launched.get(i));
    }
  }

  private void joinUp() {
    String seeds = places.stream()
        .map(place -> "127.0.0.1:" + place.remoting)
        .collect(Collectors.joining(","));
    for (Place place : places) {
      place
          .home
          .with("HOLDFAST_SEED_NODES", seeds)
          .with("HOLDFAST_REMOTING_HOST", "127.0.0.1")
          .with("HOLDFAST_REMOTING_PORT", String.valueOf(place.remoting));
    }
  }

  int size() {
    return places.size();
  }

  Database database() {
    return database;
  }

  /** What stands before the database, if the nodes were started so. */
  DatabaseProxy proxy() {
    return proxy;
  }

  /** Runs statements as the database's owner. */
  void execute(String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }

  NodeProcess node(int place) {
    return places.get(place).node;
  }

  /** Where clients connect to. */
  List<URI> urls() {
    return places.stream()
        .map(place -> URI.create("http://127.0.0.1:" + place.port))
        .toList();
  }

  /** The environment of what starts there next. */
  void set(int place, String variable, String value) {
    places.get(place).home.with(variable, value);
  }

  void kill(int place) {
    node(place).kill();
  }

  /** SIGTERM; the exit code. */
  int terminate(int place) {
    node(place).process().terminate();
    return node(place).process().awaitExit(STOP);
  }

  /** Starts what was killed or stopped there. */
  void start(int place) {
    places.get(place).node = places.get(place).home.start();
  }

  /** SIGSTOP, SIGCONT and the like. */
  void signal(int place, String signal) {
    try {
      String pid = String.valueOf(node(place).process().pid());
      int exit =
          new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new AssertionError("kill -%s: %d (expected: 0)".formatted(signal, exit));
      }
    } catch (java.io.IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** All that the journal holds. */
  List<JournalRow> journal() {
    List<JournalRow> rows = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(ROWS)) {
      while (row.next()) {
        rows.add(new JournalRow(
            row.getString(1),
            row.getLong(2),
            row.getBoolean(3),
            row.getString(4),
            row.getBytes(5)));
      }
      return rows;
    } catch (SQLException failed) {
      throw new AssertionError("journal: not readable", failed);
    }
  }

  /** The newest version of each entity. */
  static Map<String, Long> heads(List<JournalRow> journal) {
    Map<String, Long> heads = new TreeMap<>();
    journal.forEach(row -> heads.merge(row.entity(), row.sequenceNumber(), Math::max));
    return heads;
  }

  @Override
  public void close() {
    for (Place place : places) {
      place.node.close();
      place.home.close();
    }
    proxy.close();
    database.close();
  }
}
