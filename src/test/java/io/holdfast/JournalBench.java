package io.holdfast;

import io.holdfast.acceptance.Database;
import io.holdfast.journal.RawInserts;
import io.holdfast.journal.RawInserts.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Commands a second of entities on PostgreSQL, with our journal's writing and with the plugin's own at its best, in turn, and how
 * many of the same rows the database takes at all. Arguments: rounds, seconds of each.
 */
public final class JournalBench {
  private static final String KIND =
      "{\"kind\":\"bench\",\"limits\":{\"commandsPerSecond\":100000},\"access\":{\"read\":[\"anyone\"],"
          + "\"create\":[\"anyone\"],\"write\":[\"anyone\"]}}";
  private static final String STOCK =
      """
      jdbc-journal.dao = "akka.persistence.jdbc.journal.dao.DefaultJournalDao"
      jdbc-journal { batchSize = 50, parallelism = 8, bufferSize = 10000 }
      """;
  private static final List<Load> LOADS = List.of(
      new Load("100 entities, one command each", 100, 1, 2, 50),
      new Load("300 entities, one command each", 300, 1, 2, 150),
      new Load("one entity, batches of 100", 1, 100, 1, 100));
  private static final int WARM_UP_ROUNDS = 4;
  private static final Duration RAW_TIME = Duration.ofMillis(800);
  private static final AtomicLong LAST = new AtomicLong();

  /** What is asked of the journal, and how the database is asked for as much at once. */
  private record Load(String name, int entities, int commands, int rawConnections, int rawRows) {}

  private final Workshop own;
  private final Workshop stock;
  private final int rounds;
  private final Duration time;

  private JournalBench(Workshop own, Workshop stock, int rounds, Duration time) {
    this.own = own;
    this.stock = stock;
    this.rounds = rounds;
    this.time = time;
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    long seconds = args.length > 1 ? Long.parseLong(args[1]) : 3;
    try (Database database = new Database().durable().started();
        Workshop own = workshop(database, "own", "");
        Workshop stock = workshop(database, "stock", STOCK)) {
      System.out.println("fsync " + asked(database, "fsync") + ", synchronous_commit "
          + asked(database, "synchronous_commit"));
      new JournalBench(own, stock, rounds, Duration.ofSeconds(seconds)).run(database.url());
    }
    System.exit(0);
  }

  private static Workshop workshop(Database database, String name, String conf) throws Exception {
    Path directory = Path.of("target", "journal-bench", name).toAbsolutePath();
    Path kinds = Files.createDirectories(directory.resolve("conf/kinds"));
    Files.writeString(kinds.resolve("bench.json"), KIND);
    Files.writeString(directory.resolve("conf/holdfast.conf"), conf);
    return Workshop.in(
        directory, Map.of("HOLDFAST_JDBC_URL", database.url(), "HOLDFAST_JDBC_USER", "postgres"));
  }

  private static String asked(Database database, String setting) throws Exception {
    try (Connection connection = database.connect();
        Statement show = connection.createStatement();
        ResultSet row = show.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private void run(String url) throws Exception {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      rate(own, LOADS.get(0));
      rate(stock, LOADS.get(0));
    }
    RawInserts raw = new RawInserts(url, "postgres");
    System.out.printf(
        Locale.ROOT, "%.0f bytes an event; medians of %d rounds%n", raw.payloadBytes(), rounds);
    System.out.printf(
        "%-32s %10s %10s %8s %10s %8s%n", "commands/s", "own", "stock", "ratio", "raw", "share");
    for (Load load : LOADS) {
      compare(load, raw);
    }
    for (int connections : new int[] {1, 8, 32}) {
      System.out.printf(
          Locale.ROOT,
          "raw, one row a commit, %2d connections %38s %,10.0f%n",
          connections,
          "",
          raw.rate(Form.VALUES, connections, 1, RAW_TIME));
    }
  }

  private void compare(Load load, RawInserts raw) throws Exception {
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    double[] values = new double[rounds];
    double[] arrays = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ours[i] = rate(own, load);
      theirs[i] = rate(stock, load);
      values[i] = raw.rate(Form.VALUES, load.rawConnections(), load.rawRows(), RAW_TIME);
      arrays[i] = raw.rate(Form.ARRAYS, load.rawConnections(), load.rawRows(), RAW_TIME);
    }
    double ceiling = Math.max(median(values), median(arrays));
    System.out.printf(
        Locale.ROOT,
        "%-32s %,10.0f %,10.0f %8.2f %,10.0f %7.0f%%   own %s stock %s%n",
        load.name(),
        median(ours),
        median(theirs),
        median(ours) / median(theirs),
        ceiling,
        100 * median(ours) / ceiling,
        span(ours),
        span(theirs));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String span(double[] values) {
    return String.format(
        Locale.ROOT,
        "%,.0f–%,.0f",
        Arrays.stream(values).min().orElse(0),
        Arrays.stream(values).max().orElse(0));
  }

  /** On entities nobody has spoken to, once all of them have begun. */
  private double rate(Workshop workshop, Load load) throws Exception {
    SteadyLoad.Run run = SteadyLoad.Run.of(load.entities());
    for (int i = 0; i < load.entities(); i++) {
      SteadyLoad.start(workshop.system(), "bench/e" + LAST.incrementAndGet(), load.commands(), run);
    }
    TimeUnit.MILLISECONDS.sleep(500);
    long before = run.committed().sum();
    long started = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    double rate = (run.committed().sum() - before) * 1e9 / (System.nanoTime() - started);
    run.goOn().set(false);
    if (!run.ended().await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "loads: %d left (expected: none)".formatted(run.ended().getCount()));
    }
    return rate;
  }
}
