package io.holdfast.acceptance;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client as the protocol wants one: appends its name and a number to {@code /log}, again and again, keeps its commands in order,
 * sends all that are undecided again after any break, and remembers each receipt.
 */
final class SteadyWriter {
  private static final int WINDOW = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String name;
  private final String entity;
  private final Supplier<WireClient> connection;
  private final SortedMap<Long, String> undecided = new TreeMap<>();
  private final Map<Long, Long> receipts = new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run);
  private volatile long last = Long.MAX_VALUE;
  private volatile int unavailable;
  private long next = 1;
  private boolean waitsToResend;

  /** {@code connection} makes a new one, or throws {@link Disconnected} while it cannot. */
  SteadyWriter(String name, String entity, Supplier<WireClient> connection) {
    this.name = name;
    this.entity = entity;
    this.connection = connection;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  String name() {
    return name;
  }

  /** Version by seq of all that was acknowledged. */
  Map<Long, Long> receipts() {
    return receipts;
  }

  /** How often it was told that the outcome of a command is not known. */
  int unavailable() {
    return unavailable;
  }

  /** Ends once all it has begun is decided; how many commands that were. */
  long finish() {
    last = 0;
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable failed = failure.get();
    if (failed != null || thread.isAlive()) {
      throw new AssertionError(
          "%s did not finish, undecided: %s".formatted(name, undecided.keySet()), failed);
    }
    return next - 1;
  }

  private void run() {
    try {
      while (!isDone()) {
        converse();
      }
    } catch (RuntimeException | AssertionError failed) {
      failure.set(failed);
    }
  }

  private boolean isDone() {
    return next > last && undecided.isEmpty();
  }

  private void converse() {
    WireClient wire = await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(Disconnected.class)
        .until(connection::get, made -> true);
    try (wire) {
      wire.hello(name, name);
      resend(wire);
      while (!isDone()) {
        fill(wire);
        take(wire, wire.next());
      }
    } catch (Disconnected broken) {
      waitsToResend = false;
    }
  }

  private void resend(WireClient wire) {
    waitsToResend = false;
    undecided.values().forEach(wire::sayExactly);
  }

  private void fill(WireClient wire) {
    while (!waitsToResend && next <= last && undecided.size() < WINDOW) {
      String command =
          "{'t':'mutate','entity':'%s','seq':%d,'after':%d,'ops':[{'op':'add','path':'/log/-','value':'%s %d'}]}"
              .formatted(entity, next, next - 1, name, next);
      String text = SingleQuotes.text(command);
      undecided.put(next++, text);
      wire.sayExactly(text);
    }
  }

  private void take(WireClient wire, ServerFrame frame) {
    switch (frame.t()) {
      case "accepted" -> accepted(frame.number("seq"), frame.number("version"));
      case "gap" -> resend(wire);
      case "error" -> askWhenToResend(wire, frame);
      case "pong" -> resend(wire);
        // Hears no more from here on; what is undecided goes over the next connection.
      case "goaway" -> waitsToResend = true;
      default -> throw new AssertionError(name + ": " + frame);
    }
  }

  private void accepted(long seq, long version) {
    undecided.remove(seq);
    Long before = receipts.put(seq, version);
    if (before != null && before != version) {
      throw new AssertionError(
          "%s %d: accepted at %d and at %d".formatted(name, seq, before, version));
    }
  }

  /** All commands of a batch are told one by one that nobody knows; the pong comes after the last of them. */
  private void askWhenToResend(WireClient wire, ServerFrame error) {
    if (!error.text("code").equals("unavailable")) {
      throw new AssertionError(name + ": " + error);
    }
    unavailable++;
    if (!waitsToResend) {
      waitsToResend = true;
      wire.say("{'t':'ping','n':1}");
    }
  }
}
