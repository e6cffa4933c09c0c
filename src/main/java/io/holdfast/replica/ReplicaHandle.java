package io.holdfast.replica;

/** What the node knows of one of its copies without asking it. Written by the replica, read by {@link Replicas}. */
final class ReplicaHandle {
  private volatile int observers;
  private volatile long bytes;
  private volatile long usedAt = System.nanoTime();

  void note(int observersNow, long bytesNow) {
    observers = observersNow;
    bytes = bytesNow;
    usedAt = System.nanoTime();
  }

  boolean isObserved() {
    return observers > 0;
  }

  boolean isLive() {
    return bytes > 0;
  }

  long bytes() {
    return bytes;
  }

  long usedAt() {
    return usedAt;
  }
}
