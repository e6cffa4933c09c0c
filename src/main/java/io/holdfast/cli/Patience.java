package io.holdfast.cli;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** How long a call is tried again: exponential back-off with jitter, never sooner than the server's Retry-After. */
final class Patience {
  /** Longer than anybody waits. */
  static final Duration FOREVER = Duration.ofDays(36_500);

  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Waits; a seam for tests. */
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  private final Duration total;
  private final Sleeper sleeper;
  private final LongSupplier nanos;
  private final DoubleSupplier random;

  Patience(Duration total, Sleeper sleeper, LongSupplier nanos, DoubleSupplier random) {
    this.total = total;
    this.sleeper = sleeper;
    this.nanos = nanos;
    this.random = random;
  }

  /** Tries again until {@code total} has passed since the first failure. */
  static Patience of(Duration total) {
    return new Patience(
        total,
        time -> Thread.sleep(time.toMillis()),
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  Duration total() {
    return total;
  }

  /** {@code  for 60 s}, or nothing when there is no end to it. */
  @Override
  public String toString() {
    return total.compareTo(FOREVER) >= 0 ? "" : " for %d s".formatted(total.toSeconds());
  }

  /** A fresh count, for one call. */
  Round round() {
    return new Round();
  }

  /** The tries of one call. */
  final class Round {
    private int failures;
    private long firstFailure;

    int failures() {
      return failures;
    }

    /** Waits before the next try; false, at once, when the next try would come too late. */
    boolean waitAtLeast(Duration retryAfter) throws InterruptedException {
      if (failures == 0) {
        firstFailure = nanos.getAsLong();
      }
      Duration pause = longer(retryAfter, backOff());
      Duration spent = Duration.ofNanos(nanos.getAsLong() - firstFailure);
      if (spent.plus(pause).compareTo(total) > 0) {
        return false;
      }
      failures++;
      sleeper.sleep(pause);
      return true;
    }

    private Duration backOff() {
      Duration full = FIRST.multipliedBy(1L << Math.min(failures, 6));
      long most = Math.min(full.toMillis(), LONGEST.toMillis());
      return Duration.ofMillis(most / 2 + (long) (random.getAsDouble() * most / 2));
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
