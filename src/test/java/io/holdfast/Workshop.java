package io.holdfast;

import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import io.holdfast.entity.Catalog;
import io.holdfast.entity.EntityMeters;
import io.holdfast.entity.EntitySettings;
import io.holdfast.journal.JdbcSettings;
import io.holdfast.journal.Migrations;
import io.holdfast.kind.Kinds;
import io.holdfast.protocol.EntityId;
import io.holdfast.telemetry.Meters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A node's entities, sharding and journal without its ports, and a hand in its database. */
final class Workshop implements AutoCloseable {
  private static final String KIND =
      "{\"kind\":\"note\",\"snapshot\":{\"events\":5},\"access\":{\"read\":[\"anyone\"],"
          + "\"create\":[\"anyone\"],\"write\":[\"anyone\"],\"delete\":[\"anyone\"]}}";
  private static final AtomicLong LAST = new AtomicLong();

  private final ActorSystem<Void> system;
  private final JdbcSettings jdbc;
  private final Meters meters = new Meters();

  private Workshop(ActorSystem<Void> system, JdbcSettings jdbc) {
    this.system = system;
    this.jdbc = jdbc;
  }

  /** Snapshots every five events. {@code environment} says where the database is. */
  static Workshop in(Path directory, Map<String, String> environment) throws Exception {
    Path kinds = Files.createDirectories(directory.resolve("conf/kinds"));
    Files.writeString(kinds.resolve("note.json"), KIND);
    Files.writeString(
        directory.resolve("conf/holdfast.conf"), "holdfast.journal.anchor-interval = 100 ms\n");
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("HOLDFAST_CONF", directory.resolve("conf").toString());
    all.put("HOLDFAST_DATA", directory.resolve("data").toString());
    ServerSettings settings = ServerSettings.load(all);
    new Migrations(settings.jdbc(), line -> {}).run(Duration.ofMillis(200));
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "workshop", settings.config());
    Workshop workshop = new Workshop(system, settings.jdbc());
    workshop.start(settings, Catalog.of(Kinds.load(kinds)));
    return workshop;
  }

  private void start(ServerSettings settings, Catalog catalog) {
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.selfMember().status() == MemberStatus.up());
    Integrity integrity = Integrity.start(system, settings, meters);
    new Entities(
            catalog, EntitySettings.from(settings.config()), new EntityMeters(meters), integrity)
        .init(
            system,
            ShardPlacement.of(system.settings().config(), cluster.selfMember().address(), Set::of));
  }

  ActorSystem<?> system() {
    return system;
  }

  /** An entity nobody has spoken to. */
  Entity entity() {
    return new Entity(system, new EntityId("note", "e" + LAST.incrementAndGet()));
  }

  /** The value of a metric without tags. */
  double meter(String name) {
    return meters
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbc.url(), jdbc.user(), jdbc.password());
  }

  /** Changes rows; every {@code ?} is set from {@code values}. */
  int sql(String sql, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** The number a query gives; 0 for null. */
  long number(String sql, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The bytes a query gives. */
  byte[] bytes(String sql, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }

  @Override
  public void close() {
    ActorTestKit.shutdown(system, Duration.ofSeconds(30));
  }
}
