package io.holdfast.faults;

import io.holdfast.acceptance.Database;
import io.holdfast.acceptance.JavaProcess;
import io.holdfast.acceptance.NodeHome;
import io.holdfast.acceptance.Tokens;
import io.holdfast.checker.JournalRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes on one PostgreSQL, and a supervisor that starts anew what ends by itself. */
final class Cluster implements AutoCloseable {
  private static final String ROWS =
      "SELECT persistence_id, sequence_number, deleted, writer, event_payload FROM event_journal";

  private final Setting setting;
  /** Room for the database as it is made, its log and what one run writes. */
  private static final int SMALL_DISK_MB = 600;

  private final Database database;
  private final List<Place> places = new ArrayList<>();
  private final @Nullable Network network;
  private final DatabaseProxy proxy;

  private Cluster(int nodes, Setting setting) {
    this.setting = setting;
    Database made = new Database().durable();
    this.database = (setting == Setting.SMALL_DISK ? made.onDisk(SMALL_DISK_MB) : made).started();
    int port = URI.create(database.url().substring("jdbc:".length())).getPort();
    if (setting == Setting.APART) {
      network = new Network(nodes);
      proxy = DatabaseProxy.on(network.hub(), port);
    } else {
      network = null;
      proxy = DatabaseProxy.to(port);
    }
  }

  /** So many nodes that serve. */
  static Cluster of(int nodes, Setting setting) {
    Cluster cluster = new Cluster(nodes, setting);
    for (int i = 0; i < nodes; i++) {
      cluster.places.add(cluster.made(i));
    }
    if (nodes > 1) {
      String seeds = cluster.places.stream().map(Place::seed).collect(Collectors.joining(","));
      cluster.places.forEach(place -> place.set("HOLDFAST_SEED_NODES", seeds));
    }
    cluster.startAll();
    return cluster;
  }

  private Place made(int number) {
    NodeHome home = NodeHome.on(database);
    if (setting == Setting.PROXIED || setting == Setting.APART) {
      home.with("HOLDFAST_JDBC_URL", proxy.url());
    }
    if (network == null) {
      Place place = new Place(home, "127.0.0.1");
      if (setting == Setting.CLOCKS) {
        place.clock().environment().forEach(place::set);
      }
      return place;
    }
    home.with("HOLDFAST_JWT_SECRET", Tokens.SECRET).within(network.inside(number));
    return new Place(home, network.host(number));
  }

  /** What {@code subject} shows these nodes. */
  String token(String subject) {
    return setting == Setting.APART ? Tokens.of(subject) : subject;
  }

  /** Starts a node in every place, all at once. */
  void startAll() {
    List<JavaProcess> launched = places.stream().map(Place::launch).toList();
    for (int i = 0; i < places.size(); i++) {
      places.get(i).settle(launched.get(i));
    }
  }

  /** What a supervisor does now and then. */
  void revive() {
    places.forEach(Place::revive);
  }

  int size() {
    return places.size();
  }

  Place place(int number) {
    return places.get(number);
  }

  Database database() {
    return database;
  }

  /** What stands before the database, if the nodes were started so. */
  DatabaseProxy proxy() {
    return proxy;
  }

  /** What lies between the nodes, if they were started apart. */
  Network network() {
    return java.util.Objects.requireNonNull(network, "network: none (expected: nodes apart)");
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

  /** Where clients connect to. */
  List<URI> urls() {
    return places.stream().map(Place::url).toList();
  }

  /** How many nodes ended by themselves. */
  int deaths() {
    return places.stream().mapToInt(Place::deaths).sum();
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

  /** Keeps what all nodes said under {@code target/faults}, one file for each place. */
  void keepLogs(String run) {
    Path directory = Path.of("target", "faults");
    try {
      Files.createDirectories(directory);
      for (int i = 0; i < places.size(); i++) {
        Files.writeString(
            directory.resolve("%s-node-%d.log".formatted(run, i)), places.get(i).said());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    places.forEach(Place::close);
    proxy.close();
    database.close();
    if (network != null) {
      network.close();
    }
  }
}
