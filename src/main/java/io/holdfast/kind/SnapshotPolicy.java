package io.holdfast.kind;

/**
 * When an entity is due for a snapshot: after this many events or bytes of events, whichever comes first.
 *
 * @param events events since the last snapshot
 * @param bytes encoded bytes of the events since the last snapshot
 */
public record SnapshotPolicy(int events, int bytes) {
  public static final int MAX_EVENTS = 100_000;
  public static final int MAX_BYTES = 64 * 1024 * 1024;
  public static final SnapshotPolicy DEFAULT = new SnapshotPolicy(200, 512 * 1024);

  public SnapshotPolicy {
    Ranges.check("snapshot.events", events, MAX_EVENTS);
    Ranges.check("snapshot.bytes", bytes, MAX_BYTES);
  }
}
