package io.holdfast.checker;

import io.holdfast.document.Json;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a {@code changed} frame says is what the journal holds. Frames that many observers got are judged once, as long as
 * they are one object.
 */
final class Steps {
  private final IdentityHashMap<Sight.Changed, Optional<String>> judged = new IdentityHashMap<>();

  /** What is wrong, if anything is; to be asked only for versions that are in the journal. */
  Optional<String> problem(Sight.Changed changed, Ledger ledger) {
    return judged.computeIfAbsent(changed, step -> judge(step, ledger));
  }

  private static Optional<String> judge(Sight.Changed changed, Ledger ledger) {
    Optional<String> list = list(changed);
    if (list.isPresent()) {
      return list;
    }
    return changed.changes().stream()
        .flatMap(line -> line(line, ledger).stream())
        .findFirst()
        .or(() -> ops(changed, ledger));
  }

  /** Ascending without holes up to the version it leads to; old ones, or all, may be left out. */
  private static Optional<String> list(Sight.Changed changed) {
    List<Sight.Line> lines = changed.changes();
    long first = changed.version() - lines.size() + 1;
    boolean inOrder = first > changed.from() && changed.version() > changed.from();
    for (int i = 0; inOrder && i < lines.size(); i++) {
      inOrder = lines.get(i).version() == first + i;
    }
    return inOrder
        ? Optional.empty()
        : Optional.of("changes: not the last ones after %d up to %d, in order"
            .formatted(changed.from(), changed.version()));
  }

  private static Optional<String> line(Sight.Line line, Ledger ledger) {
    Optional<Entry> entry = ledger.entry(line.version());
    boolean same = entry.isEmpty()
        || (entry.get().client().equals(line.client())
            && entry.get().seq() == line.seq()
            && entry.get().by().equals(line.by())
            && entry.get().at() == line.at());
    return same
        ? Optional.empty()
        : Optional.of("journal has: %s, by %s at %d"
            .formatted(entry.get(), entry.get().by(), entry.get().at()));
  }

  private static Optional<String> ops(Sight.Changed changed, Ledger ledger) {
    Optional<Json> before = ledger.document(changed.from());
    Optional<Json> expected = ledger.document(changed.version());
    if (before.isEmpty() || expected.isEmpty()) {
      return Optional.empty();
    }
    try {
      Json after = Patch.parse(changed.ops()).applyTo(before.get());
      return after.equals(expected.get())
          ? Optional.empty()
          : Optional.of("they lead to %s, the journal to %s".formatted(after, expected.get()));
    } catch (PatchRefused refused) {
      return Optional.of(
          "they do not apply to version %d: %s".formatted(changed.from(), refused.detail()));
    }
  }
}
