package io.holdfast.replica;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How a node keeps its copies, from {@code holdfast.replica}.
 *
 * @param tick how often each looks after its time-outs
 * @param renew how often the lease at the entity is renewed
 * @param resendAfter how long a batch may be on its way before it is sent again
 * @param unavailableAfter how long a command or a newcomer waits before it is told that nobody knows
 * @param closeAfter how long an entity may be silent before those who observe it are told
 * @param idle how long a copy nobody uses is kept
 * @param batch most commands in one batch
 * @param queue most commands waiting per entity
 * @param recentBytes memory for recent changes per entity
 * @param budgetBytes memory for copies nobody observes, encoded bytes
 */
public record ReplicaSettings(
    Duration tick,
    Duration renew,
    Duration resendAfter,
    Duration unavailableAfter,
    Duration closeAfter,
    Duration idle,
    int batch,
    int queue,
    int recentBytes,
    long budgetBytes) {
  public ReplicaSettings {
    if (batch < 1 || queue < batch) {
      throw new IllegalArgumentException(
          "replica.queue: %d (expected: ≥ batch %d ≥ 1)".formatted(queue, batch));
    }
    if (unavailableAfter.compareTo(resendAfter) < 0) {
      throw new IllegalArgumentException(
          "replica.unavailable-after: %s (expected: ≥ resend-after %s)"
              .formatted(unavailableAfter, resendAfter));
    }
    if (closeAfter.compareTo(unavailableAfter) < 0) {
      throw new IllegalArgumentException(
          "replica.close-after: %s (expected: ≥ unavailable-after %s)"
              .formatted(closeAfter, unavailableAfter));
    }
  }

  public static ReplicaSettings from(Config root) {
    Config config = root.getConfig("holdfast.replica");
    return new ReplicaSettings(
        config.getDuration("tick"),
        config.getDuration("renew"),
        config.getDuration("resend-after"),
        config.getDuration("unavailable-after"),
        config.getDuration("close-after"),
        config.getDuration("idle"),
        config.getInt("batch"),
        config.getInt("queue"),
        config.getBytes("recent-bytes").intValue(),
        config.getBytes("budget-bytes"));
  }
}
