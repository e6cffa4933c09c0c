package io.holdfast.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The journal's one writing statement, in each dialect. */
final class Inserts {
  private static final String COLUMNS =
      "INSERT INTO \"event_journal\" (\"persistence_id\", \"sequence_number\", \"deleted\", \"writer\","
          + " \"write_timestamp\", \"adapter_manifest\", \"event_ser_id\", \"event_ser_manifest\", \"event_payload\") ";
  private static final String FROM_ARRAYS = COLUMNS
      + "SELECT p, n, FALSE, w, t, '', s, m, b"
      + " FROM unnest(?::text[], ?::int8[], ?::text[], ?::int8[], ?::int4[], ?::text[], ?::bytea[])"
      + " AS r(p, n, w, t, s, m, b)";
  private static final String ONE_ROW = COLUMNS + "VALUES (?, ?, FALSE, ?, ?, '', ?, ?, ?)";

  /** Where connections come from; each is closed (given back) after use. */
  interface Connections {
    Connection open() throws SQLException;
  }

  /** Something else to be done on one of them. */
  interface Task {
    void run(Connection connection) throws SQLException;
  }

  private final Dialect dialect;
  private final Connections connections;

  Inserts(Dialect dialect, Connections connections) {
    this.dialect = dialect;
    this.connections = connections;
  }

  /** Inserts all rows or none. */
  void insert(List<Row> rows) throws SQLException {
    try (Connection connection = connections.open()) {
      if (dialect == Dialect.POSTGRESQL) {
        insertArrays(connection, rows);
      } else {
        insertBatch(connection, rows);
      }
    }
  }

  void run(Task task) throws SQLException {
    try (Connection connection = connections.open()) {
      task.run(connection);
    }
  }

  private static void insertArrays(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(FROM_ARRAYS)) {
      array(insert, 1, "text", rows, Row::persistenceId);
      array(insert, 2, "int8", rows, Row::sequenceNumber);
      array(insert, 3, "text", rows, Row::writer);
      array(insert, 4, "int8", rows, Row::timestamp);
      array(insert, 5, "int4", rows, Row::serializer);
      array(insert, 6, "text", rows, Row::manifest);
      byte[][] payloads = rows.stream().map(Row::payload).toArray(byte[][]::new);
      insert.setArray(7, connection.createArrayOf("bytea", payloads));
      insert.executeUpdate();
    }
  }

  private static void array(
      PreparedStatement insert,
      int index,
      String type,
      List<Row> rows,
      Function<Row, Object> column)
      throws SQLException {
    insert.setArray(
        index,
        insert.getConnection().createArrayOf(type, rows.stream().map(column).toArray()));
  }

  private static void insertBatch(Connection connection, List<Row> rows) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement(ONE_ROW)) {
      for (Row row : rows) {
        bind(insert, row);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException failed) {
      connection.rollback();
      throw failed;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void bind(PreparedStatement insert, Row row) throws SQLException {
    insert.setString(1, row.persistenceId());
    insert.setLong(2, row.sequenceNumber());
    insert.setString(3, row.writer());
    insert.setLong(4, row.timestamp());
    insert.setInt(5, row.serializer());
    insert.setString(6, row.manifest());
    insert.setBytes(7, row.payload());
  }
}
