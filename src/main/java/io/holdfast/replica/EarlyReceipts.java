package io.holdfast.replica;

import io.holdfast.entity.Notice;
import io.holdfast.entity.Verdict;
import java.util.Optional;

/**
 * Verdicts that tell of a change whose news was lost with a restart of the entity: nobody hears of it before it can be read here.
 * One batch is on its way at a time, so there is one answer at most.
 */
final class EarlyReceipts {
  private Optional<Notice.Decided> held = Optional.empty();

  /** Whether {@code decided} is early where version {@code here} is the newest; then it is held. */
  boolean holds(Notice.Decided decided, long here) {
    if (isBehind(decided, here)) {
      held = Optional.of(decided);
      return true;
    }
    return false;
  }

  /** What was held and can be told now that {@code here} is the newest. */
  Optional<Notice.Decided> due(long here) {
    Optional<Notice.Decided> due = held.filter(decided -> !isBehind(decided, here));
    if (due.isPresent()) {
      held = Optional.empty();
    }
    return due;
  }

  private static boolean isBehind(Notice.Decided decided, long here) {
    return decided.verdicts().stream()
        .anyMatch(
            verdict -> verdict instanceof Verdict.Accepted accepted && accepted.version() > here);
  }
}
