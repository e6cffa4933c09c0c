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
 * @param catchUp when what a copy misses is read in the journal
 * @param fence when the node does not take its own copies for fresh
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
    CatchUp catchUp,
    Fence.Settings fence,
    long budgetBytes) {

  /**
   * When missing changes are read in the journal, from {@code holdfast.replica.catch-up}.
   *
   * @param documentBytes a smaller document comes as a whole
   * @param events most changes read at once
   * @param bytes most bytes of them
   * @param patience how long the journal may take
   */
  public record CatchUp(int documentBytes, int events, long bytes, Duration patience) {
    public CatchUp {
      if (events < 1 || bytes < 1) {
        throw new IllegalArgumentException(
            "replica.catch-up: events %d, bytes %d (expected: both ≥ 1)".formatted(events, bytes));
      }
    }

    static CatchUp from(Config config) {
      return new CatchUp(
          config.getBytes("document-bytes").intValue(),
          config.getInt("events"),
          config.getBytes("bytes"),
          config.getDuration("patience"));
    }
  }

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
    if (fence.standstill().compareTo(tick.multipliedBy(2)) <= 0) {
      throw new IllegalArgumentException(
          "replica.fence: standstill %s (expected: > twice the tick %s)"
              .formatted(fence.standstill(), tick));
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
        CatchUp.from(config.getConfig("catch-up")),
        Fence.Settings.from(config.getConfig("fence")),
        config.getBytes("budget-bytes"));
  }
}
