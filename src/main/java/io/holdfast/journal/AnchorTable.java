package io.holdfast.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of head anchors; one only ever moves forward. Every method blocks. */
final class AnchorTable {
  private static final String FIND =
      "SELECT \"sequence_number\", \"hash\" FROM \"head_anchor\" WHERE \"persistence_id\" = ?";
  private static final String FROM_ARRAYS =
      "INSERT INTO head_anchor AS a (persistence_id, sequence_number, hash, updated_at)"
          + " SELECT p, n, h, ? FROM unnest(?::text[], ?::int8[], ?::bytea[]) AS r(p, n, h)"
          + " ON CONFLICT (persistence_id) DO UPDATE SET sequence_number = excluded.sequence_number,"
          + " hash = excluded.hash, updated_at = excluded.updated_at"
          + " WHERE excluded.sequence_number > a.sequence_number";
  private static final String ONE_ROW =
      "MERGE INTO \"head_anchor\" a USING (VALUES (CAST(? AS BIGINT), CAST(? AS VARCHAR), CAST(? AS BIGINT),"
          + " CAST(? AS VARBINARY))) r(t, p, n, h) ON a.\"persistence_id\" = r.p"
          + " WHEN MATCHED AND r.n > a.\"sequence_number\" THEN UPDATE SET"
          + " \"sequence_number\" = r.n, \"hash\" = r.h, \"updated_at\" = r.t"
          + " WHEN NOT MATCHED THEN INSERT (\"persistence_id\", \"sequence_number\", \"hash\", \"updated_at\")"
          + " VALUES (r.p, r.n, r.h, r.t)";

  private final Tables tables;

  AnchorTable(Tables tables) {
    this.tables = tables;
  }

  static Optional<Head> find(Connection connection, String persistenceId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, persistenceId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Head(row.getLong(1), row.getBytes(2)))
            : Optional.empty();
      }
    }
  }

  /** Moves the anchors of those entities, in that order, which must be the same on every node: two never wait for each other. */
  void advance(List<Map.Entry<String, Head>> heads, long now) throws SQLException {
    try (Connection connection = tables.open()) {
      if (tables.dialect() == Dialect.POSTGRESQL) {
        advanceArrays(connection, heads, now);
      } else {
        advanceBatch(connection, heads, now);
      }
    }
  }

  private static void advanceArrays(
      Connection connection, List<Map.Entry<String, Head>> heads, long now) throws SQLException {
    Object[] ids = heads.stream().map(Map.Entry::getKey).toArray();
    Object[] numbers =
        heads.stream().map(head -> head.getValue().sequenceNumber()).toArray();
    byte[][] hashes = heads.stream().map(head -> head.getValue().hash()).toArray(byte[][]::new);
    try (PreparedStatement upsert = connection.prepareStatement(FROM_ARRAYS)) {
      upsert.setLong(1, now);
      upsert.setArray(2, connection.createArrayOf("text", ids));
      upsert.setArray(3, connection.createArrayOf("int8", numbers));
      upsert.setArray(4, connection.createArrayOf("bytea", hashes));
      upsert.executeUpdate();
    }
  }

  private static void advanceBatch(
      Connection connection, List<Map.Entry<String, Head>> heads, long now) throws SQLException {
    try (PreparedStatement merge = connection.prepareStatement(ONE_ROW)) {
      for (Map.Entry<String, Head> head : heads) {
        merge.setLong(1, now);
        merge.setString(2, head.getKey());
        merge.setLong(3, head.getValue().sequenceNumber());
        merge.setBytes(4, head.getValue().hash());
        merge.addBatch();
      }
      merge.executeBatch();
    }
  }
}
