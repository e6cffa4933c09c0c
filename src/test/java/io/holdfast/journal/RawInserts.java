package io.holdfast.journal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Rows the journal holds already, inserted once more straight through pgjdbc: what the database takes if nothing else is done. */
public final class RawInserts {
  private static final AtomicLong NUMBER = new AtomicLong(1_000_000_000_000L);
  private static final String ROWS =
      "SELECT DISTINCT ON (persistence_id) persistence_id, writer, write_timestamp, event_ser_id,"
          + " event_ser_manifest, event_payload FROM event_journal WHERE sequence_number BETWEEN 2 AND 1000 LIMIT 300";
  private static final String COLUMNS =
      "INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer, write_timestamp,"
          + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload) VALUES ";
  private static final String VALUES = "(?, ?, FALSE, ?, ?, '', ?, ?, ?)";
  private static final int PARAMETERS = 7;
  private static final String ARRAYS = COLUMNS.replace(" VALUES ", " ")
      + "SELECT p, n, FALSE, w, t, '', s, m, b"
      + " FROM unnest(?::text[], ?::int8[], ?::text[], ?::int8[], ?::int4[], ?::text[], ?::bytea[])"
      + " AS r(p, n, w, t, s, m, b)";

  /** How several rows become one statement: a list of values, or an array for each column. */
  public enum Form {
    VALUES,
    ARRAYS
  }

  /** What binds the next rows. */
  private interface Binding {
    void bind(PreparedStatement insert) throws SQLException;
  }

  private final String url;
  private final String user;
  private final List<Row> rows = new ArrayList<>();

  /** Takes one event of each entity as a pattern. */
  public RawInserts(String url, String user) throws SQLException {
    this.url = url;
    this.user = user;
    try (Connection connection = connect();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(ROWS)) {
      while (row.next()) {
        rows.add(new Row(
            row.getString(1),
            0,
            row.getString(2),
            row.getLong(3),
            row.getInt(4),
            row.getString(5),
            row.getBytes(6)));
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, "");
  }

  /** Bytes of an event, on average. */
  public double payloadBytes() {
    return rows.stream().mapToInt(row -> row.payload().length).average().orElse(0);
  }

  /** Rows a second on so many connections at once, so many in each statement, which is a transaction. */
  public double rate(Form form, int connections, int rowsAtOnce, Duration time)
      throws SQLException {
    String sql =
        form == Form.ARRAYS ? ARRAYS : COLUMNS + (VALUES + ",").repeat(rowsAtOnce - 1) + VALUES;
    Binding binding = form == Form.ARRAYS
        ? insert -> bindArrays(insert, rowsAtOnce)
        : insert -> bindValues(insert, rowsAtOnce);
    LongAdder inserted = new LongAdder();
    long started = System.nanoTime();
    long until = started + time.toNanos();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Connection connection = connect();
      CompletableFuture<Void> done = new CompletableFuture<>();
      all.add(done);
      new Thread(() -> insert(connection, sql, binding, until, inserted, done)).start();
    }
    all.forEach(CompletableFuture::join);
    return inserted.sum() * 1e9 / (System.nanoTime() - started);
  }

  private void insert(
      Connection connection,
      String sql,
      Binding binding,
      long until,
      LongAdder inserted,
      CompletableFuture<Void> done) {
    try (connection;
        PreparedStatement insert = connection.prepareStatement(sql)) {
      while (System.nanoTime() - until < 0) {
        binding.bind(insert);
        inserted.add(insert.executeUpdate());
      }
      done.complete(null);
    } catch (SQLException failed) {
      done.completeExceptionally(failed);
    }
  }

  private void bindValues(PreparedStatement insert, int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      bind(insert, i * PARAMETERS, NUMBER.incrementAndGet());
    }
  }

  private void bindArrays(PreparedStatement insert, int count) throws SQLException {
    Object[][] columns = {
      new String[count],
      new Long[count],
      new String[count],
      new Long[count],
      new Integer[count],
      new String[count],
      new byte[count][]
    };
    for (int i = 0; i < count; i++) {
      long number = NUMBER.incrementAndGet();
      Row row = rows.get((int) (number % rows.size()));
      columns[0][i] = row.persistenceId();
      columns[1][i] = number;
      columns[2][i] = row.writer();
      columns[3][i] = row.timestamp();
      columns[4][i] = row.serializer();
      columns[5][i] = row.manifest();
      columns[6][i] = row.payload();
    }
    String[] types = {"text", "int8", "text", "int8", "int4", "text", "bytea"};
    for (int i = 0; i < types.length; i++) {
      insert.setArray(i + 1, insert.getConnection().createArrayOf(types[i], columns[i]));
    }
  }

  private void bind(PreparedStatement insert, int before, long number) throws SQLException {
    Row row = rows.get((int) (number % rows.size()));
    insert.setString(before + 1, row.persistenceId());
    insert.setLong(before + 2, number);
    insert.setString(before + 3, row.writer());
    insert.setLong(before + 4, row.timestamp());
    insert.setInt(before + 5, row.serializer());
    insert.setString(before + 6, row.manifest());
    insert.setBytes(before + 7, row.payload());
  }
}
