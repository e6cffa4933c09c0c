package io.holdfast.acceptance;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What it costs when sessions are on another node than the documents they write to: all documents live on one node of two, and the
 * same writers are connected to that one and to the other in turn, first with one command outstanding each and then with ten.
 * Arguments: rounds, seconds of each, most rounds of warm-up, and lines for both nodes' configuration.
 */
public final class CrossingBench implements AutoCloseable {
  private static final List<String> ENTITIES =
      IntStream.range(0, 100).mapToObj(i -> "note/e" + i).toList();
  private static final String LARGE = "note/large";
  private static final int OBSERVERS = 10;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final double COLD = 0.1;
  private static final double MOST_LOST = 1.0 / 3;

  private final Database database = new Database().durable().started();
  private final int portHere = FreePort.find();
  private final int portThere = FreePort.find();
  private final NodeHome homeHere;
  private final NodeHome homeThere;
  private final NodeProcess here;
  private final NodeProcess there;

  /** One round's outcome; {@code cpuMicros} of both nodes for a command, without their compilers' share of all; commands a database transaction. */
  private record Round(
      double rate, double p50, double p99, double cpuMicros, double compiler, double grouped) {}

  /** Seconds that nodes have worked, and that their JVMs have compiled beside. */
  private record Cpu(double work, double compiler) {
    static Cpu of(NodeProcess node) throws IOException {
      long pid = node.process().pid();
      double compiler = Ticks.compilerSeconds(pid);
      return new Cpu(Ticks.seconds(pid) - compiler, compiler);
    }

    Cpu plus(Cpu other) {
      return new Cpu(work + other.work, compiler + other.compiler);
    }

    Cpu minus(Cpu other) {
      return new Cpu(work - other.work, compiler - other.compiler);
    }
  }

  private CrossingBench(List<String> conf) {
    homeHere = home(portHere, conf);
    homeThere = home(portThere, conf);
    here = homeHere.start();
    String small = "{\"f\":\"\",\"text\":\"" + "x".repeat(2000) + "\"}";
    ENTITIES.forEach(entity -> put(entity, small));
    put(LARGE, large());
    there = homeThere.start();
  }

  /** Copies are let go soon, so that no node pays for sessions it had in the round before. */
  private NodeHome home(int port, List<String> conf) {
    NodeHome home = NodeHome.on(database)
        .on(JavaProcess.USUAL)
        .with("HOLDFAST_SEED_NODES", "127.0.0.1:%d,127.0.0.1:%d".formatted(portHere, portThere))
        .with("HOLDFAST_REMOTING_PORT", Integer.toString(port))
        .conf("akka.cluster.sharding.rebalance-interval = 1 h")
        .conf("holdfast.replica.idle = 1 s");
    conf.forEach(home::conf);
    return home;
  }

  private void put(String entity, String document) {
    HttpCalls.Answer answer =
        here.http().call("PUT", "/v1/state/" + entity, BodyPublishers.ofString(document));
    if (answer.status() != 200) {
      throw new IllegalStateException("put: " + answer.text());
    }
  }

  /** A megabyte of small objects. */
  private static String large() {
    StringBuilder items = new StringBuilder("{\"f\":\"\",\"items\":[");
    for (int i = 0; i < 10_000; i++) {
      items
          .append(i == 0 ? "" : ",")
          .append("{\"id\":%d,\"text\":\"%s\"}".formatted(i, "x".repeat(80)));
    }
    return items.append("]}").toString();
  }

  public static void main(String[] args) throws Exception {
    List<String> given = List.of(args);
    int rounds = given.isEmpty() ? 5 : Integer.parseInt(given.get(0));
    Duration time = Duration.ofSeconds(given.size() < 2 ? 5 : Long.parseLong(given.get(1)));
    int warmUps = given.size() < 3 ? 10 : Integer.parseInt(given.get(2));
    try (CrossingBench bench =
        new CrossingBench(given.subList(Math.min(3, given.size()), given.size()))) {
      bench.warmUp(warmUps);
      bench.commands(rounds, time, 1);
      bench.commands(rounds, time, 10);
      bench.document();
      bench.alone(time);
    }
    System.exit(0);
  }

  private void commands(int rounds, Duration time, int window) throws Exception {
    header(window);
    Round[] local = new Round[rounds];
    Round[] crossing = new Round[rounds];
    for (int i = 0; i < rounds; i++) {
      local[i] = print("sessions on the documents' node", round(here, time, window));
      crossing[i] = print("sessions on the other node", round(there, time, window));
    }
    compare(local, crossing);
    System.out.printf(
        "committed on the documents' node %,d, on the other %,d%n",
        committed(here), committed(there));
  }

  private static void header(int window) {
    System.out.printf(
        "%-46s %10s %8s %8s %8s %8s %9s%n",
        "100 documents, a writer each, %d outstanding".formatted(window),
        "commands/s",
        "p50 ms",
        "p99 ms",
        "CPU µs",
        "compiler",
        "a commit");
  }

  /** Until the nodes have compiled what they need, or so many times at most. */
  private void warmUp(int most) throws Exception {
    header(1);
    boolean cold = true;
    for (int i = 0; i < most && cold; i++) {
      Round local = print("warm-up, sessions on the documents' node", round(here, WARM_UP, 1));
      Round crossing = print("warm-up, sessions on the other node", round(there, WARM_UP, 1));
      cold = Math.max(local.compiler(), crossing.compiler()) > COLD;
    }
  }

  private void document() throws Exception {
    spread("writer and 10 observers on its node", here);
    spread("observers on the other node", there);
  }

  private void alone(Duration time) throws Exception {
    there.process().terminate();
    there.process().awaitExit(Duration.ofSeconds(60));
    print("one node alone", round(here, time, 1));
  }

  /** New sockets on {@code node}, once nothing is left of those before. */
  private Round round(NodeProcess node, Duration length, int window) throws Exception {
    TimeUnit.SECONDS.sleep(3);
    try (ClosedLoop loop = ClosedLoop.on(node.httpPort(), ENTITIES, window)) {
      Cpu before = cpu();
      long commits = commits();
      Latencies latencies = loop.run(length);
      Cpu used = cpu().minus(before);
      return new Round(
          latencies.size() / (length.toNanos() / 1e9),
          latencies.millis(0.5),
          latencies.millis(0.99),
          used.work() * 1e6 / loop.receipts(),
          used.compiler() / (used.work() + used.compiler()),
          (double) loop.receipts() / Math.max(1, commits() - commits));
    }
  }

  /** Transactions of the database so far. */
  private long commits() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT sum(xact_commit) FROM pg_stat_database")) {
      row.next();
      return row.getLong(1);
    }
  }

  private Cpu cpu() throws Exception {
    Cpu cpu = Cpu.of(here);
    return there.process().isAlive() ? cpu.plus(Cpu.of(there)) : cpu;
  }

  private static Round print(String what, Round round) {
    System.out.printf(
        Locale.ROOT,
        "%-46s %,10.0f %8.1f %8.1f %8.0f %7.0f%% %9.1f%n",
        what,
        round.rate(),
        round.p50(),
        round.p99(),
        round.cpuMicros(),
        100 * round.compiler(),
        round.grouped());
    return round;
  }

  private void spread(String what, NodeProcess observed) throws Exception {
    TimeUnit.SECONDS.sleep(3);
    try (Spread spread = Spread.of(here.httpPort(), observed.httpPort(), LARGE, OBSERVERS)) {
      spread.run(100, Duration.ofMillis(10));
      Cpu before = cpu();
      Latencies latencies = spread.run(400, Duration.ofMillis(10));
      System.out.printf(
          Locale.ROOT,
          "1 MB, 100 changes/s: %-37s %8.1f %8.1f %8.0f%n",
          what,
          latencies.millis(0.5),
          latencies.millis(0.99),
          cpu().minus(before).work() * 1e6 / 400);
    }
  }

  private static long committed(NodeProcess node) {
    return node.ops()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("holdfast_commit_seconds_count "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  /** Each round beside the one next to it, because a machine is not the same for a minute. */
  private static void compare(Round[] local, Round[] crossing) {
    double[] rates = ratios(crossing, local, Round::rate);
    double[] cpu = ratios(crossing, local, Round::cpuMicros);
    double rate = rates[rates.length / 2];
    System.out.printf(
        Locale.ROOT,
        "crossing / local %.2f (%.2f–%.2f): commands/s fall by %s a third; CPU per command %.2f times%n",
        rate,
        rates[0],
        rates[rates.length - 1],
        rate < 1 - MOST_LOST ? "MORE than" : "less than",
        cpu[cpu.length / 2]);
  }

  /** Smallest first. */
  private static double[] ratios(Round[] of, Round[] to, ToDoubleFunction<Round> value) {
    return IntStream.range(0, of.length)
        .mapToDouble(i -> value.applyAsDouble(of[i]) / value.applyAsDouble(to[i]))
        .sorted()
        .toArray();
  }

  @Override
  public void close() {
    there.close();
    here.close();
    homeThere.close();
    homeHere.close();
    database.close();
  }
}
