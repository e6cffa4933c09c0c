package io.holdfast.entity;

import io.holdfast.kind.SnapshotPolicy;

/**
 * When the next snapshot is due: after the kind's number of events or bytes of them, but a busy entity waits at least the
 * snapshot interval (and a big one until its events weigh as much as itself), up to a number of events that bounds recovery.
 */
final class SnapshotPace {
  private final SnapshotPolicy policy;
  private final EntitySettings settings;
  private int events;
  private long bytes;
  private long lastAt;

  SnapshotPace(SnapshotPolicy policy, EntitySettings settings) {
    this.policy = policy;
    this.settings = settings;
  }

  boolean isDue(EntityEvent event, int documentBytes) {
    EntityEvent.Patched patched = (EntityEvent.Patched) event;
    long at = patched.change().meta().at();
    events++;
    bytes += patched.body().length;
    lastAt = lastAt == 0 ? at : lastAt;
    boolean wanted = events >= policy.events() || bytes >= Math.max(policy.bytes(), documentBytes);
    boolean rested = at - lastAt >= settings.snapshotInterval().toMillis();
    if (!(wanted && rested) && events < settings.snapshotAlwaysAfter()) {
      return false;
    }
    events = 0;
    bytes = 0;
    lastAt = at;
    return true;
  }
}
