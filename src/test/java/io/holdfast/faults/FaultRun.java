package io.holdfast.faults;

import io.holdfast.checker.Checker;
import io.holdfast.checker.Finding;
import io.holdfast.checker.History;
import io.holdfast.checker.JournalRow;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** One fault under load, from the start of the nodes to the verdict. */
final class FaultRun implements AutoCloseable {
  private static final int WARM_UP = 500;
  private static final int AFTERMATH = 800;
  private static final int NETWORK_THREADS = 2;
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  private final Fault fault;
  private final long seed;
  private final Cluster cluster;
  private final ExecutorService network =
      Executors.newFixedThreadPool(NETWORK_THREADS, daemons("network"));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(daemons("clock"));
  private final Surroundings around;
  private final Load load;
  private final Readers readers;

  private FaultRun(String name, int nodes, long seed) {
    this.fault = Faults.named(name);
    this.seed = seed;
    this.cluster = Cluster.of(nodes, fault.proxied());
    HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .executor(network)
        .build();
    this.around = new Surroundings(
        cluster.urls(), http, clock, new Recorder(), new AtomicInteger(), subject -> subject);
    this.load = new Load(Plan.USUAL, around, seed);
    this.readers = new Readers(around, seed);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, "faults-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** What came of it. */
  record Outcome(String summary, List<Finding> findings, Map<String, Integer> surprises) {
    boolean isGood() {
      return findings.isEmpty() && surprises.isEmpty();
    }

    @Override
    public String toString() {
      String verdict = isGood()
          ? "verdict: every promise held"
          : "verdict: BROKEN\n%s%s".formatted(Checker.report(findings, 3), surprises);
      return summary + "\n" + verdict;
    }
  }

  /** Runs {@code name} on so many nodes; the same seed makes the same commands. */
  static Outcome of(String name, int nodes, long seed) {
    return of(name, nodes, seed, UnaryOperator.identity());
  }

  /** The same with another journal put before the checker than the one there is. */
  static Outcome of(String name, int nodes, long seed, UnaryOperator<List<JournalRow>> tampering) {
    try (FaultRun run = new FaultRun(name, nodes, seed)) {
      return run.run(tampering);
    }
  }

  private Outcome run(UnaryOperator<List<JournalRow>> tampering) {
    load.start();
    load.awaitAccepted(WARM_UP);
    fault.course().strike(new Scene(cluster, load, around, new Random(seed)));
    load.awaitAccepted(AFTERMATH);
    load.stop();
    readers.stop();
    load.awaitAllDecided();
    List<JournalRow> journal = cluster.journal();
    load.hasCaughtUp(Cluster.heads(journal), CATCH_UP);
    readEverything(Cluster.heads(journal));
    History history = around.recorder().history(tampering.apply(journal), load.connections(), true);
    return new Outcome(
        summary(history), Checker.check(history), around.recorder().surprises());
  }

  /** Every document from every node, as it is when all has come to rest. */
  private void readEverything(Map<String, Long> heads) {
    for (URI node : around.nodes()) {
      heads.forEach((entity, head) -> {
        boolean found = readers.read(node, entity, head, false).join()
            && readers.read(node, entity, head, true).join();
        if (!found && !around.recorder().isDamaged(entity)) {
          around.recorder().surprise("%s: not readable at rest".formatted(entity));
        }
      });
    }
  }

  private String summary(History history) {
    Recorder recorder = around.recorder();
    long[] span = load.span();
    int refused = (int) history.receipts().stream().filter(r -> !r.accepted()).count();
    return """
        fault %s, seed %d, %d node(s): %d sessions, %d entities, %.1f s of commands, one a session every %d ms
        commands %d (sent %d times), receipts: accepted %d, refused %d; not sent for a full window %d; reconnects %d
        observed %d frames, reads %d (and %d without an answer), journal %d events
        writes: %s"""
        .formatted(
            fault.name(),
            seed,
            cluster.size(),
            load.plan().sessions(),
            load.plan().entities() + load.plan().hot() + 1,
            (span[1] - span[0]) / 1e9,
            load.plan().spacingMs(),
            recorder.commands(),
            recorder.sendings(),
            recorder.accepted(),
            refused,
            load.held(),
            around.reconnects().get(),
            recorder.sights(),
            recorder.reads(),
            readers.failed(),
            history.journal().size(),
            Pauses.of(history.sent(), history.receipts(), span[0], span[1]));
  }

  @Override
  public void close() {
    load.end();
    cluster.close();
    clock.shutdownNow();
    network.shutdownNow();
  }
}
