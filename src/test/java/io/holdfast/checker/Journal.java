package io.holdfast.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledgers of all entities. */
final class Journal {
  private final Map<String, Ledger> ledgers = new HashMap<>();

  Journal(List<JournalRow> rows) {
    Map<String, List<JournalRow>> byEntity = new HashMap<>();
    rows.forEach(
        row -> byEntity.computeIfAbsent(row.entity(), name -> new ArrayList<>()).add(row));
    byEntity.forEach((entity, its) -> ledgers.put(entity, Ledger.of(entity, its)));
  }

  /** That of {@code entity}; an empty one if nothing was ever stored. */
  Ledger ledger(String entity) {
    return ledgers.computeIfAbsent(entity, name -> Ledger.of(name, List.of()));
  }

  List<Ledger> all() {
    return List.copyOf(ledgers.values());
  }
}
