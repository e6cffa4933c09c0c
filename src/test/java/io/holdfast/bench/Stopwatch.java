package io.holdfast.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Times small pieces of work: the median of many rounds, after warming up, with what each allocates. */
final class Stopwatch {
  private static final int ROUNDS = 31;
  private static final long ROUND_NANOS = 20_000_000;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static Object sink = "";

  private Stopwatch() {}

  /** A piece of work whose result is kept from being optimized away. */
  interface Work {
    Object run() throws Exception;
  }

  /** What one run costs. */
  record Cost(double nanos, double bytes) {}

  static Cost of(Work work) throws Exception {
    long runs = runsPerRound(work);
    double[] nanos = new double[ROUNDS];
    double[] bytes = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long started = System.nanoTime();
      repeat(work, runs);
      nanos[i] = (System.nanoTime() - started) / (double) runs;
      bytes[i] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) runs;
    }
    return new Cost(median(nanos), median(bytes));
  }

  /** Warms up for ten rounds' time, then so many that a round takes its time. */
  private static long runsPerRound(Work work) throws Exception {
    long runs = 0;
    long started = System.nanoTime();
    while (System.nanoTime() - started < 20 * ROUND_NANOS) {
      repeat(work, 1);
      runs++;
    }
    return Math.max(1, runs / 20);
  }

  private static void repeat(Work work, long runs) throws Exception {
    for (long i = 0; i < runs; i++) {
      sink = work.run();
    }
    if (sink == null) {
      throw new IllegalStateException("work: gave nothing (expected: its result)");
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
