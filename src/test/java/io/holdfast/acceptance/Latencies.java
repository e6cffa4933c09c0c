package io.holdfast.acceptance;

import java.util.Arrays;

/** Times it took, in nanoseconds, and what most of them stay below. */
final class Latencies {
  private long[] nanos = new long[1 << 16];
  private int size;

  void add(long time) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = time;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Milliseconds that this share of them stays below. */
  double millis(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[Math.min(size - 1, (int) (share * size))] / 1e6;
  }
}
