package io.holdfast.journal;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How a node notices that its journal is stuck, from {@code holdfast.journal.canary}.
 *
 * @param every how often the canary is written
 * @param patience how long it may fail while the database answers, before the node ends itself
 */
public record CanarySettings(Duration every, Duration patience) {
  public CanarySettings {
    if (every.isZero() || every.isNegative() || patience.compareTo(every.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "journal.canary: every %s, patience %s (expected: 0 < 2 × every ≤ patience)"
              .formatted(every, patience));
    }
  }

  public static CanarySettings from(Config root) {
    Config config = root.getConfig("holdfast.journal.canary");
    return new CanarySettings(config.getDuration("every"), config.getDuration("patience"));
  }
}
