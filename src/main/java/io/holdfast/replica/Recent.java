package io.holdfast.replica;

import io.holdfast.entity.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The newest changes of an entity, consecutive, within a budget of bytes. Immutable. */
final class Recent {
  static final Recent NONE = new Recent(new Change[0], 0);

  private static final int CHANGE_BYTES = 200;
  private static final int MOST = 1024;

  private final Change[] changes;
  private final int bytes;

  private Recent(Change[] changes, int bytes) {
    this.changes = changes;
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  Optional<Change> newest() {
    return changes.length == 0 ? Optional.empty() : Optional.of(changes[changes.length - 1]);
  }

  /** These and the ones that follow, without the oldest where the budget ends; the newest batch is always kept. */
  Recent then(List<Change> next, int budgetBytes) {
    int total = bytes + next.stream().mapToInt(Recent::weight).sum();
    int dropped = 0;
    while (dropped < changes.length
        && (total > budgetBytes || changes.length - dropped + next.size() > MOST)) {
      total -= weight(changes[dropped++]);
    }
    Change[] kept = Arrays.copyOfRange(changes, dropped, changes.length + next.size());
    for (int i = 0; i < next.size(); i++) {
      kept[changes.length - dropped + i] = next.get(i);
    }
    return new Recent(kept, total);
  }

  private static int weight(Change change) {
    return change.ops().length + CHANGE_BYTES;
  }

  /** Whether all changes after {@code from} up to {@code to} are here. */
  boolean covers(long from, long to) {
    return from == to || (changes.length > 0 && changes[0].version() <= from + 1);
  }

  /** Those after {@code version}; it must be covered. */
  List<Change> after(long version) {
    if (changes.length == 0) {
      return List.of();
    }
    int first = (int) Math.min(changes.length, version + 1 - changes[0].version());
    return Arrays.asList(changes).subList(first, changes.length);
  }

  List<Change> all() {
    return Arrays.asList(changes);
  }
}
