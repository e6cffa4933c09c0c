package io.holdfast.replica;

import java.util.OptionalLong;

/** Whether a replica's entity answers when its lease is renewed. Times are nanoseconds of one clock. */
final class Lease {
  private final ReplicaSettings settings;
  private long askedAt;
  private OptionalLong waitingSince = OptionalLong.empty();

  Lease(ReplicaSettings settings) {
    this.settings = settings;
  }

  void asked(long now) {
    askedAt = now;
    if (waitingSince.isEmpty()) {
      waitingSince = OptionalLong.of(now);
    }
  }

  void answered() {
    waitingSince = OptionalLong.empty();
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
