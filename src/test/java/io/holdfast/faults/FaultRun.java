package io.holdfast.faults;

import static org.awaitility.Awaitility.await;

import io.holdfast.checker.Checker;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionTimeoutException;

/** One fault under load, from the start of the nodes to the verdict. */
final class FaultRun implements AutoCloseable {
  private static final int WARM_UP = 500;
  private static final int AFTERMATH = 800;
  private static final int NETWORK_THREADS = 2;
  private static final Duration CATCH_UP = Duration.ofSeconds(30);
  private static final Duration BACK = Duration.ofSeconds(90);

  private final Fault fault;
  private final long seed;
  private final Cluster cluster;
  private final ExecutorService network =
      Executors.newFixedThreadPool(NETWORK_THREADS, daemons("network"));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(daemons("clock"));
  private final ScheduledExecutorService supervisor =
      Executors.newSingleThreadScheduledExecutor(daemons("supervisor"));
  private final Surroundings around;
  private final Load load;
  private final Readers readers;

  private FaultRun(String name, int nodes, long seed) {
    this.fault = Faults.named(name);
    this.seed = seed;
    this.cluster = Cluster.of(nodes, fault.setting());
    HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .executor(network)
        .build();
    this.around = new Surroundings(
        cluster.urls(), http, clock, new Recorder(), new AtomicInteger(), cluster::token);
    this.load = new Load(Plan.USUAL, around, seed);
    this.readers = new Readers(around, seed);
    var unused = supervisor.scheduleWithFixedDelay(
        () -> around.guarded(cluster::revive), 1000, 500, TimeUnit.MILLISECONDS);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, "faults-" + name);
      thread.setDaemon(true);
      return thread;
    };
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
    boolean atRest = strike() && comeToRest();
    load.stop();
    History history =
        around.recorder().history(tampering.apply(cluster.journal()), load.connections(), atRest);
    Outcome outcome = new Outcome(
        Summary.of(fault, seed, cluster, around, load, readers, history),
        Checker.check(history),
        around.recorder().surprises());
    cluster.keepLogs(fault.name() + "-" + seed);
    return outcome;
  }

  private boolean strike() {
    try {
      load.start();
      load.awaitAccepted(WARM_UP);
      fault.course().strike(new Scene(cluster, load, around, new Random(seed)));
      load.awaitAccepted(AFTERMATH);
      return true;
    } catch (ConditionTimeoutException | AssertionError stuck) {
      around.recorder().surprise("the fault was not got over: " + stuck.getMessage());
      return false;
    }
  }

  /** Stops the commands and waits until everybody must know everything. */
  private boolean comeToRest() {
    load.stop();
    readers.stop();
    try {
      load.awaitAllDecided();
      await("all nodes").atMost(BACK).until(this::allNodesServe);
    } catch (ConditionTimeoutException stuck) {
      around.recorder().surprise("no rest: " + stuck.getMessage());
      return false;
    }
    Map<String, Long> heads = Cluster.heads(cluster.journal());
    load.hasCaughtUp(heads, CATCH_UP);
    around.nodes().forEach(node -> heads.forEach((entity, head) -> read(node, entity, head)));
    return true;
  }

  private boolean allNodesServe() {
    String entity = load.plan().hot(0);
    return around.nodes().stream()
        .allMatch(node -> readers.read(node, entity, 0, true).join());
  }

  /** A document as it is when all has come to rest; a node that is still being given its entities may ask for patience. */
  private void read(URI node, String entity, long head) {
    if (around.recorder().isDamaged(entity)) {
      return;
    }
    try {
      await(entity)
          .atMost(CATCH_UP)
          .until(() -> readers.read(node, entity, head, false).join()
              && readers.read(node, entity, head, true).join());
    } catch (ConditionTimeoutException never) {
      around.recorder().surprise("%s: not readable at rest".formatted(entity));
    }
  }

  @Override
  public void close() {
    supervisor.shutdownNow();
    load.end();
    cluster.close();
    clock.shutdownNow();
    network.shutdownNow();
  }
}
