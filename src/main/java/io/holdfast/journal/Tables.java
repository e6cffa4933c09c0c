package io.holdfast.journal;

import akka.actor.ActorSystem;
import akka.persistence.jdbc.db.SlickExtension;
import akka.persistence.jdbc.db.SlickExtensionImpl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import slick.jdbc.JdbcBackend;

/** Plain SQL on the journal's tables. Every method blocks. */
final class Tables {
  private static final String SNAPSHOTS =
      "SELECT \"sequence_number\", \"created\", \"snapshot_ser_id\", \"snapshot_ser_manifest\", \"snapshot_payload\""
          + " FROM \"snapshot\" WHERE \"persistence_id\" = ? AND \"sequence_number\" <= ? AND \"created\" <= ?"
          + " ORDER BY \"sequence_number\" DESC";
  private static final String PRUNE =
      "DELETE FROM \"snapshot\" WHERE \"persistence_id\" = ? AND \"sequence_number\" < (SELECT MIN(k.n) FROM (SELECT"
          + " \"sequence_number\" AS n FROM \"snapshot\" WHERE \"persistence_id\" = ? ORDER BY \"sequence_number\" DESC"
          + " LIMIT ?) k)";
  private static final String DELETE =
      "DELETE FROM \"snapshot\" WHERE \"persistence_id\" = ? AND \"sequence_number\" BETWEEN ? AND ?";
  private static final String EVENTS =
      "SELECT \"sequence_number\", \"event_ser_manifest\", \"event_payload\" FROM \"event_journal\""
          + " WHERE \"persistence_id\" = ? AND \"sequence_number\" BETWEEN ? AND ? AND \"deleted\" = FALSE"
          + " ORDER BY \"sequence_number\" ";

  /** A snapshot's row. */
  @SuppressWarnings("ArrayRecordComponent")
  record Snapshot(
      long sequenceNumber, long created, int serializer, String manifest, byte[] payload) {}

  private final Dialect dialect;
  private final JdbcBackend.DatabaseDef database;

  private Tables(Dialect dialect, JdbcBackend.DatabaseDef database) {
    this.dialect = dialect;
    this.database = database;
  }

  static Tables of(ActorSystem system) {
    var config = system.settings().config();
    JdbcBackend.DatabaseDef database = ((SlickExtensionImpl) SlickExtension.get(system))
        .database(config.getConfig("jdbc-journal"))
        .database();
    return new Tables(JournalSettings.from(config).dialect(), database);
  }

  Connection open() {
    return database.source().createConnection();
  }

  /** The first that {@code accept} makes something of, newest first, one row fetched at a time. */
  <T> Optional<T> firstSnapshot(
      String persistenceId,
      long maxSequenceNumber,
      long maxCreated,
      Function<Snapshot, Optional<T>> accept)
      throws SQLException {
    try (Connection connection = open();
        PreparedStatement select = connection.prepareStatement(SNAPSHOTS)) {
      select.setFetchSize(1);
      select.setString(1, persistenceId);
      select.setLong(2, maxSequenceNumber);
      select.setLong(3, maxCreated);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Optional<T> accepted = accept.apply(snapshot(rows));
          if (accepted.isPresent()) {
            return accepted;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Snapshot snapshot(ResultSet row) throws SQLException {
    return new Snapshot(
        row.getLong(1), row.getLong(2), row.getInt(3), row.getString(4), row.getBytes(5));
  }

  /** Stores one and forgets all but the newest {@code keep}, in one transaction. */
  void save(String persistenceId, Snapshot snapshot, int keep) throws SQLException {
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      try {
        upsert(connection, persistenceId, snapshot);
        prune(connection, persistenceId, keep);
        connection.commit();
      } catch (SQLException failed) {
        connection.rollback();
        throw failed;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private void upsert(Connection connection, String persistenceId, Snapshot snapshot)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(dialect.upsertSnapshot())) {
      upsert.setString(1, persistenceId);
      upsert.setLong(2, snapshot.sequenceNumber());
      upsert.setLong(3, snapshot.created());
      upsert.setInt(4, snapshot.serializer());
      upsert.setString(5, snapshot.manifest());
      upsert.setBytes(6, snapshot.payload());
      upsert.executeUpdate();
    }
  }

  private static void prune(Connection connection, String persistenceId, int keep)
      throws SQLException {
    try (PreparedStatement prune = connection.prepareStatement(PRUNE)) {
      prune.setString(1, persistenceId);
      prune.setString(2, persistenceId);
      prune.setInt(3, keep);
      prune.executeUpdate();
    }
  }

  void deleteSnapshots(String persistenceId, long from, long to) throws SQLException {
    try (Connection connection = open();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, persistenceId);
      delete.setLong(2, from);
      delete.setLong(3, to);
      delete.executeUpdate();
    }
  }

  /** Events of {@code [from, to]}, at most {@code limit}, oldest or newest first. */
  List<StoredEvent> events(String persistenceId, long from, long to, int limit, boolean newestFirst)
      throws SQLException {
    String sql = EVENTS + (newestFirst ? "DESC LIMIT ?" : "ASC LIMIT ?");
    try (Connection connection = open();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, persistenceId);
      select.setLong(2, from);
      select.setLong(3, to);
      select.setInt(4, limit);
      List<StoredEvent> events = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          events.add(new StoredEvent(rows.getLong(1), rows.getString(2), rows.getBytes(3)));
        }
      }
      return events;
    }
  }
}
