package io.holdfast.faults;

import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can happen to a frame on its way: nothing, loss, doubling, or another one overtaking it. Not thread-safe. */
final class Mischief {
  private final Random random;
  private int percent;
  private @Nullable String late;

  Mischief(Random random) {
    this.random = random;
  }

  void set(int percentOfFrames) {
    percent = percentOfFrames;
  }

  void pass(String frame, Consumer<String> to) {
    String waiting = late;
    late = null;
    int what = random.nextInt(100) < percent ? random.nextInt(3) : 3;
    if (what == 1) {
      to.accept(frame);
      to.accept(frame);
    } else if (what == 2) {
      late = frame;
    } else if (what == 3) {
      to.accept(frame);
    }
    if (waiting != null) {
      to.accept(waiting);
    }
  }
}
