package io.holdfast.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table of quarantined entities. Every method blocks. */
final class QuarantineTable {
  private static final int LONGEST_REASON = 1000;
  private static final String ALL =
      "SELECT \"persistence_id\", \"at\", \"version\", \"reason\" FROM \"quarantine\""
          + " ORDER BY \"at\" DESC, \"persistence_id\" LIMIT ?";
  private static final String ADD =
      "INSERT INTO \"quarantine\" (\"persistence_id\", \"at\", \"version\", \"reason\")"
          + " SELECT r.p, r.t, r.v, r.w FROM (SELECT CAST(? AS VARCHAR) AS p, CAST(? AS BIGINT) AS t,"
          + " CAST(? AS BIGINT) AS v, CAST(? AS VARCHAR) AS w) r"
          + " WHERE NOT EXISTS (SELECT 1 FROM \"quarantine\" q WHERE q.\"persistence_id\" = r.p)";
  private static final String CONSTRAINT = "23";

  private final Tables tables;

  QuarantineTable(Tables tables) {
    this.tables = tables;
  }

  /** The newest, at most that many. */
  List<Quarantined> newest(int most) throws SQLException {
    try (Connection connection = tables.open();
        PreparedStatement select = connection.prepareStatement(ALL)) {
      select.setInt(1, most);
      List<Quarantined> all = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          all.add(new Quarantined(
              rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getString(4)));
        }
      }
      return all;
    }
  }

  /** Adds one; the first finding stands. */
  void add(Quarantined entity) throws SQLException {
    try (Connection connection = tables.open();
        PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, entity.entity());
      insert.setLong(2, entity.at());
      insert.setLong(3, entity.version());
      insert.setString(4, shortened(entity.reason()));
      insert.executeUpdate();
    } catch (SQLException failed) {
      boolean foundMeanwhile =
          failed.getSQLState() != null && failed.getSQLState().startsWith(CONSTRAINT);
      if (!foundMeanwhile) {
        throw failed;
      }
    }
  }

  private static String shortened(String reason) {
    String plain = reason.replace('\0', ' ');
    return plain.substring(0, Math.min(plain.length(), LONGEST_REASON));
  }
}
