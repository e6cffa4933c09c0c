package io.holdfast.cli;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How far long work has come: a bar on a terminal, a plain line now and then elsewhere, nothing for short work. */
final class Progress implements AutoCloseable {
  private static final long MILLION = 1_000_000;
  private static final long BAR_EVERY = 100 * MILLION;
  private static final long LINE_EVERY = 5_000 * MILLION;
  private static final int WIDTH = 30;

  private final Terminal terminal;
  private final String what;
  private final String unit;
  private final long total;
  private final LongSupplier nanos;
  private final long started;
  private long shown;
  private long done;
  private boolean bar;

  Progress(Terminal terminal, String what, String unit, long total, LongSupplier nanos) {
    this.terminal = terminal;
    this.what = what;
    this.unit = unit;
    this.total = total;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
    this.shown = started;
  }

  /** Counts {@code more} units; may be called from any thread. */
  synchronized void add(long more) {
    at(done + more);
  }

  synchronized void at(long count) {
    done = count;
    long now = nanos.getAsLong();
    if (now - shown >= (terminal.errIsTerminal() ? BAR_EVERY : LINE_EVERY)) {
      shown = now;
      show();
    }
  }

  private void show() {
    if (terminal.errIsTerminal()) {
      bar = true;
      terminal.err().print("\r\u001b[K" + what + " [" + filled() + "] " + figures());
      terminal.err().flush();
    } else {
      terminal.note(what + ": " + figures());
    }
  }

  private String filled() {
    int full = (int) (WIDTH * fraction());
    return "=".repeat(full) + " ".repeat(WIDTH - full);
  }

  private double fraction() {
    return total == 0 ? 1 : Math.min(1, (double) done / total);
  }

  private String figures() {
    double seconds = Math.max(1, nanos.getAsLong() - started) / 1e9;
    return String.format(
        Locale.ROOT,
        "%3d%% %,d/%,d %s, %,.0f/s",
        (int) (100 * fraction()),
        done,
        total,
        unit,
        done / seconds);
  }

  /** Wipes the bar. */
  @Override
  public synchronized void close() {
    if (bar) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }
}
