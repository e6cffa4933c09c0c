package io.holdfast.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Closes a stream on which nothing has arrived for too long, which ends the read that waits there. */
final class Watchdog implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Watchdog::daemon);
  private final ScheduledFuture<?> checks;
  private final InputStream stream;
  private final long silence;
  private volatile long heard = System.nanoTime();

  Watchdog(InputStream body, Duration silence) {
    this.silence = silence.toNanos();
    this.stream = new Heard(body);
    long period = Math.max(1, this.silence / 4);
    checks = timer.scheduleAtFixedRate(this::check, period, period, TimeUnit.NANOSECONDS);
  }

  InputStream stream() {
    return stream;
  }

  private void check() {
    if (System.nanoTime() - heard > silence) {
      try {
        stream.close();
      } catch (IOException alreadyBroken) {
        throw new UncheckedIOException(alreadyBroken);
      }
    }
  }

  @Override
  public void close() {
    checks.cancel(true);
    timer.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "watchdog");
    thread.setDaemon(true);
    return thread;
  }

  private final class Heard extends FilterInputStream {
    Heard(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      heard = System.nanoTime();
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      heard = System.nanoTime();
      return count;
    }
  }
}
