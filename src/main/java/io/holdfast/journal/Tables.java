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
import slick.jdbc.JdbcBackend;

/** Plain SQL on the journal's tables. Every method blocks. */
final class Tables {
  private static final String NEWEST =
      "SELECT s.\"sequence_number\", s.\"created\", s.\"snapshot_ser_id\", s.\"snapshot_ser_manifest\","
          + " s.\"snapshot_payload\", e.\"event_ser_id\", e.\"event_ser_manifest\", e.\"event_payload\", (SELECT"
          + " MAX(m.\"sequence_number\") FROM \"event_journal\" m WHERE m.\"persistence_id\" = s.\"persistence_id\")"
          + " FROM \"snapshot\" s LEFT JOIN \"event_journal\" e ON e.\"persistence_id\" = s.\"persistence_id\""
          + " AND e.\"sequence_number\" = s.\"sequence_number\" AND e.\"deleted\" = FALSE"
          + " WHERE s.\"persistence_id\" = ? AND s.\"sequence_number\" <= ? AND s.\"created\" <= ?"
          + " ORDER BY s.\"sequence_number\" DESC LIMIT 1";
  private static final String SET_ASIDE =
      "INSERT INTO \"snapshot_quarantine\" (\"set_aside_at\", \"reason\", \"persistence_id\", \"sequence_number\","
          + " \"created\", \"snapshot_ser_id\", \"snapshot_ser_manifest\", \"snapshot_payload\")"
          + " SELECT CAST(? AS BIGINT), CAST(? AS VARCHAR), \"persistence_id\", \"sequence_number\", \"created\","
          + " \"snapshot_ser_id\", \"snapshot_ser_manifest\", \"snapshot_payload\" FROM \"snapshot\""
          + " WHERE \"persistence_id\" = ? AND \"sequence_number\" = ?";
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

  private static final String PAYLOAD_BYTES =
      "SELECT SUM(OCTET_LENGTH(\"event_payload\")) FROM \"event_journal\""
          + " WHERE \"persistence_id\" = ? AND \"sequence_number\" BETWEEN ? AND ? AND \"deleted\" = FALSE";

  private static final String HIGHEST =
      "SELECT MAX(\"sequence_number\") FROM \"event_journal\" WHERE \"persistence_id\" = ?";

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

  Dialect dialect() {
    return dialect;
  }

  Connection open() {
    return database.source().createConnection();
  }

  /** The newest snapshot at or before that number and time, whatever it is worth. */
  static Optional<Candidate> newestSnapshot(
      Connection connection, String persistenceId, long maxSequenceNumber, long maxCreated)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
      select.setString(1, persistenceId);
      select.setLong(2, maxSequenceNumber);
      select.setLong(3, maxCreated);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(candidate(row)) : Optional.empty();
      }
    }
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    Snapshot snapshot = new Snapshot(
        row.getLong(1), row.getLong(2), row.getInt(3), row.getString(4), row.getBytes(5));
    byte[] event = row.getBytes(8);
    return new Candidate(
        snapshot,
        event == null
            ? Optional.empty()
            : Optional.of(new Candidate.Stored(row.getInt(6), row.getString(7), event)),
        row.getLong(9));
  }

  /** Moves a snapshot to where nobody loads it from. */
  void setAside(Connection connection, String persistenceId, long number, String reason)
      throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement copy = connection.prepareStatement(SET_ASIDE)) {
      copy.setLong(1, System.currentTimeMillis());
      copy.setString(2, reason);
      copy.setString(3, persistenceId);
      copy.setLong(4, number);
      copy.executeUpdate();
      deleteSnapshots(connection, persistenceId, number, number);
      connection.commit();
    } catch (SQLException failed) {
      connection.rollback();
      throw failed;
    } finally {
      connection.setAutoCommit(true);
    }
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
    try (Connection connection = open()) {
      deleteSnapshots(connection, persistenceId, from, to);
    }
  }

  private static void deleteSnapshots(
      Connection connection, String persistenceId, long from, long to) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, persistenceId);
      delete.setLong(2, from);
      delete.setLong(3, to);
      delete.executeUpdate();
    }
  }

  /** The highest sequence number; 0 if there is none. */
  long highest(String persistenceId) throws SQLException {
    try (Connection connection = open();
        PreparedStatement select = connection.prepareStatement(HIGHEST)) {
      select.setString(1, persistenceId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** How long the payloads of events in {@code [from, to]} are together. */
  long payloadBytes(String persistenceId, long from, long to) throws SQLException {
    try (Connection connection = open();
        PreparedStatement select = connection.prepareStatement(PAYLOAD_BYTES)) {
      select.setString(1, persistenceId);
      select.setLong(2, from);
      select.setLong(3, to);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
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
