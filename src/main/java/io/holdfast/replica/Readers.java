package io.holdfast.replica;

import io.holdfast.protocol.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Reads that wait for the document, or for a version of it. */
final class Readers {
  private final List<Replica.Get> waiting = new ArrayList<>();

  void add(Replica.Get get) {
    waiting.add(get);
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Where the replica is not {@code sure} that it has the newest, only those who said which version will do. */
  void serve(Published newest, boolean sure) {
    if (!waiting.isEmpty()) {
      waiting.removeIf(get -> served(get, newest, sure));
    }
  }

  private static boolean served(Replica.Get get, Published newest, boolean sure) {
    if (newest.at().version() < get.minVersion() || (get.minVersion() == 0 && !sure)) {
      return false;
    }
    get.found().accept(newest);
    return true;
  }

  void refuse(Refusal why) {
    waiting.forEach(get -> get.refused().accept(why));
    waiting.clear();
  }

  /** Forgets those whose asker no longer waits. */
  void giveUp(long nowNanos) {
    waiting.removeIf(get -> nowNanos - get.giveUpAt() > 0);
  }
}
