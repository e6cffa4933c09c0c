package io.holdfast.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** All clients of a run at work: connects them, lays out their entities, and gives each a command at its time. */
final class Load {
  private static final long BEAT_MS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Plan plan;
  private final Surroundings around;
  private final Commands commands;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicInteger held = new AtomicInteger();
  private volatile boolean issuing;
  private volatile long startedAt;
  private volatile long stoppedAt;
  private long issued;

  Load(Plan plan, Surroundings around, long seed) {
    this.plan = plan;
    this.around = around;
    this.commands = new Commands(seed);
    Random random = new Random(seed);
    for (int i = 0; i < plan.sessions(); i++) {
      clients.add(new Client("c" + i, around, random.nextLong())
          .on(plan.hot(i), plan.observesHot(i))
          .on(plan.own(i), true));
    }
    around.every(BEAT_MS, this::beat);
    around.every(1000, this::tick);
  }

  /** Connects everybody, creates every entity and starts to issue commands. */
  void start() {
    clients.forEach(Client::connect);
    await("connections").atMost(PATIENCE).until(() -> connected() == clients.size());
    Set<String> created = new LinkedHashSet<>();
    for (int i = 0; i < clients.size(); i++) {
      for (String entity : List.of(plan.own(i), plan.hot(i))) {
        if (created.add(entity)) {
          clients.get(i).command(entity, Commands.creation(entity));
        }
      }
    }
    awaitAllDecided();
    startedAt = System.nanoTime();
    issuing = true;
  }

  private int connected() {
    return (int) clients.stream().filter(c -> !c.connection().isEmpty()).count();
  }

  private void beat() {
    if (!issuing) {
      return;
    }
    long due = (System.nanoTime() - startedAt) * plan.commandsPerSecond() / 1_000_000_000L;
    for (; issued < due; issued++) {
      int session = (int) (issued % plan.sessions());
      boolean hot = (issued / plan.sessions() + session) % 2 == 0;
      issue(session, hot ? plan.hot(session) : plan.own(session));
    }
  }

  private void issue(int session, String entity) {
    Client client = clients.get(session);
    Commands.Wish wish = commands.next(entity, client.name());
    if (!client.command(entity, wish)) {
      held.incrementAndGet();
    }
  }

  private void tick() {
    clients.forEach(Client::tick);
  }

  List<Client> clients() {
    return clients;
  }

  Plan plan() {
    return plan;
  }

  /** Waits for that many more receipts. */
  void awaitAccepted(int more) {
    int target = around.recorder().accepted() + more;
    await("receipts").atMost(PATIENCE).until(() -> around.recorder().accepted() >= target);
  }

  /** Issues no more commands. */
  void stop() {
    stoppedAt = issuing ? System.nanoTime() : stoppedAt;
    issuing = false;
  }

  void awaitAllDecided() {
    await("all decided").atMost(PATIENCE).until(() -> clients.stream()
        .allMatch(client -> client.unresolved() == 0));
  }

  int unresolved() {
    return clients.stream().mapToInt(Client::unresolved).sum();
  }

  /** Waits, as long as it may take a client to come back, until all have heard of the newest versions; false if some did not. */
  boolean hasCaughtUp(Map<String, Long> heads, Duration most) {
    long until = System.nanoTime() + most.toNanos();
    await("the newest")
        .atMost(most.plusSeconds(10))
        .until(() -> System.nanoTime() > until
            || clients.stream().allMatch(client -> client.hasCaughtUp(heads)));
    return clients.stream().allMatch(client -> client.hasCaughtUp(heads));
  }

  /** The connections that stand. */
  Set<String> connections() {
    Set<String> standing = new LinkedHashSet<>();
    clients.forEach(client -> standing.add(client.connection()));
    standing.remove("");
    return standing;
  }

  /** Commands that could not even be sent because too many waited. */
  int held() {
    return held.get();
  }

  /** When commands were issued, in nanoseconds of the monotonic clock: from and to. */
  long[] span() {
    return new long[] {startedAt, stoppedAt};
  }

  void end() {
    issuing = false;
    clients.forEach(Client::leave);
  }
}
