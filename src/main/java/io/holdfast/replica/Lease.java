package io.holdfast.replica;

import java.util.OptionalLong;

/**
 * Whether a replica's entity answers when its lease is renewed, and whether that still means that the copy is fresh. Times are
 * nanoseconds of one clock.
 */
final class Lease {
  private static final long NEVER = -1;

  private final ReplicaSettings settings;
  private final Fence fence;
  private long askedAt;
  private long askedIn = NEVER;
  private long sureIn = NEVER;
  private OptionalLong waitingSince = OptionalLong.empty();

  Lease(ReplicaSettings settings, Fence fence) {
    this.settings = settings;
    this.fence = fence;
  }

  void asked(long now) {
    askedAt = now;
    if (waitingSince.isEmpty()) {
      waitingSince = OptionalLong.of(now);
    }
    if (fence.isOpen(now)) {
      askedIn = fence.doubts();
    }
  }

  /** An answer counts if there was no reason to doubt since it was asked for. */
  void answered(long now) {
    if (fence.isOpen(now) && askedIn == fence.doubts()) {
      sureIn = askedIn;
      waitingSince = OptionalLong.empty();
    }
  }

  /** Whether the entity has answered since there was reason to doubt that this node hears of everything. */
  boolean isSure(long now) {
    return fence.isOpen(now) && sureIn == fence.doubts();
  }

  /** How long ago it was asked last. */
  long sinceAsked(long now) {
    return now - askedAt;
  }

  boolean isDue(long now) {
    return sinceAsked(now) > settings.renew().toNanos();
  }

  /** Whether the last question has no answer yet. */
  boolean isWaiting() {
    return waitingSince.isPresent();
  }

  /** Whether there was no answer for so long that whoever waits for the first one should hear of it. */
  boolean isSilent(long now) {
    return waits(now, settings.unavailableAfter().toNanos());
  }

  /** ... that whoever has the document should no longer take it for live. */
  boolean isLost(long now) {
    return waits(now, settings.closeAfter().toNanos());
  }

  private boolean waits(long now, long nanos) {
    return waitingSince.isPresent() && now - waitingSince.getAsLong() > nanos;
  }
}
