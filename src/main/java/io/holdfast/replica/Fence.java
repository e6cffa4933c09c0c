package io.holdfast.replica;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Whether this node may show its copies as fresh. Not while it is outnumbered: the others may have given its entities to somebody
 * else. And not for a moment after it stood still: it may have been given up meanwhile without having heard of it. One thread
 * reports, any thread asks. Times are nanoseconds of one clock.
 */
public final class Fence {

  /** What a node sees of its cluster: how many members it reaches, itself included, of how many there are. */
  public record View(int reachable, int all) {
    boolean isMajority() {
      return 2 * reachable > all;
    }
  }

  /**
   * From {@code holdfast.replica.fence}.
   *
   * @param standstill a node that reports nothing for so long stood still
   * @param settle how long it takes a node that was given up to hear of it
   */
  public record Settings(Duration standstill, Duration settle) {
    static Settings from(Config config) {
      return new Settings(config.getDuration("standstill"), config.getDuration("settle"));
    }
  }

  private final long standstill;
  private final long settle;
  private volatile long beatAt;
  private volatile long closedUntil;
  private volatile boolean outnumbered;
  private volatile long doubts;

  public Fence(Settings settings, long now) {
    this.standstill = settings.standstill().toNanos();
    this.settle = settings.settle().toNanos();
    this.beatAt = now;
    this.closedUntil = now;
  }

  /** The node is there at {@code now}, and sees that. To be called often, by one thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread reports.
  void beat(long now, View view) {
    boolean stoodStill = isLate(now);
    if (stoodStill || (!view.isMajority() && !outnumbered)) {
      doubts++;
    }
    if (stoodStill) {
      closedUntil = now + settle;
    }
    outnumbered = !view.isMajority();
    beatAt = now;
  }

  private boolean isLate(long now) {
    return now - beatAt > standstill;
  }

  /** Whether what the node hears now counts; false also before it has noticed itself that it stood still. */
  boolean isOpen(long now) {
    return !outnumbered && !isLate(now) && now - closedUntil >= 0;
  }

  /** How often there was reason to doubt: what was confirmed before the last time has to be confirmed again. */
  long doubts() {
    return doubts;
  }
}
