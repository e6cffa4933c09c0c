package io.holdfast.faults;

import java.util.Random;

/** When to come back: from 250 ms to 10 s, doubling, with jitter, never before the server said. Not thread-safe. */
final class Backoff {
  private static final long FIRST_MS = 250;
  private static final long LONGEST_MS = 10_000;
  private static final long GOOD_AFTER_NANOS = 2_000_000_000L;

  private final Random random;
  private long next = FIRST_MS;
  private long asked;

  Backoff(Random random) {
    this.random = random;
  }

  /** The server wants no connection before so many milliseconds. */
  void ask(long retryAfterMs) {
    asked = retryAfterMs;
  }

  /** Milliseconds to wait after a connection that lasted so long; 0 for one that was never made. */
  long delayAfter(long lastedNanos) {
    if (lastedNanos > GOOD_AFTER_NANOS) {
      next = FIRST_MS;
    }
    long delay = next / 2 + random.nextInt((int) next / 2 + 1);
    next = Math.min(LONGEST_MS, next * 2);
    long wait = Math.max(delay, asked);
    asked = 0;
    return wait;
  }
}
