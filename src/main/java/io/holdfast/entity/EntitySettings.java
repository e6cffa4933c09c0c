package io.holdfast.entity;

import com.typesafe.config.Config;
import java.time.Duration;

/** How entities behave, from {@code holdfast.entity}. */
public record EntitySettings(
    Duration lease,
    Duration minBackoff,
    Duration maxBackoff,
    double backoffJitter,
    Duration snapshotInterval,
    int snapshotAlwaysAfter,
    int recentBytes) {
  public EntitySettings {
    if (minBackoff.compareTo(maxBackoff) > 0) {
      throw new IllegalArgumentException(
          "entity.min-backoff: %s (expected: ≤ max-backoff %s)".formatted(minBackoff, maxBackoff));
    }
    if (snapshotAlwaysAfter < 1) {
      throw new IllegalArgumentException(
          "entity.snapshot-always-after: %d (expected: ≥ 1)".formatted(snapshotAlwaysAfter));
    }
  }

  public static EntitySettings from(Config root) {
    Config config = root.getConfig("holdfast.entity");
    return new EntitySettings(
        config.getDuration("lease"),
        config.getDuration("min-backoff"),
        config.getDuration("max-backoff"),
        config.getDouble("backoff-jitter"),
        config.getDuration("snapshot-interval"),
        config.getInt("snapshot-always-after"),
        config.getBytes("recent-bytes").intValue());
  }
}
