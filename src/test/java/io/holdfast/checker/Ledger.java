package io.holdfast.checker;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the journal says of one entity: its events in order and the document after each, as far as it can be trusted. */
final class Ledger {
  private final String entity;
  private final List<Finding> findings = new ArrayList<>();
  private final SortedMap<Long, Entry> entries = new TreeMap<>();
  private final List<Json> documents = new ArrayList<>(List.of(JsonNull.NULL));
  private long highest;

  private Ledger(String entity) {
    this.entity = entity;
  }

  static Ledger of(String entity, List<JournalRow> rows) {
    Ledger ledger = new Ledger(entity);
    List<JournalRow> ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparingLong(JournalRow::sequenceNumber));
    ledger.checkNumbers(ordered);
    ledger.checkWriters(ordered);
    ledger.read(ordered);
    ledger.fold();
    return ledger;
  }

  private void checkNumbers(List<JournalRow> rows) {
    for (JournalRow row : rows) {
      if (row.sequenceNumber() != highest + 1) {
        report(Breach.HOLE, "after version " + highest, row);
      }
      if (row.deleted()) {
        report(Breach.HOLE, "marked as deleted", row);
      }
      highest = row.sequenceNumber();
    }
  }

  private void checkWriters(List<JournalRow> rows) {
    Set<String> before = new HashSet<>();
    String current = "";
    for (JournalRow row : rows) {
      if (row.writer().equals(current)) {
        continue;
      }
      if (!before.add(row.writer())) {
        report(Breach.WRITERS_INTERLEAVED, "writer %s in between".formatted(current), row);
      }
      current = row.writer();
    }
  }

  private void read(List<JournalRow> rows) {
    for (JournalRow row : rows) {
      try {
        entries.put(row.sequenceNumber(), StoredForm.read(row));
      } catch (StoredForm.Unreadable unreadable) {
        report(Breach.CHAIN_BROKEN, String.valueOf(unreadable.getMessage()), row);
      }
    }
  }

  private void fold() {
    byte[] head = StoredForm.seed(entity);
    for (Entry entry : entries.values()) {
      Optional<String> broken = misfit(entry, head);
      if (broken.isPresent()) {
        report(Breach.CHAIN_BROKEN, broken.get(), entry);
        return;
      }
      head = entry.link().hash();
      if (!apply(entry)) {
        return;
      }
    }
  }

  private static Optional<String> misfit(Entry entry, byte[] head) {
    StoredForm.Link link = entry.link();
    if (link.number() != entry.version()) {
      return Optional.of("number in the event: %d".formatted(link.number()));
    }
    if (!Arrays.equals(link.previous(), head)) {
      return Optional.of("previous hash: not that of the event before");
    }
    byte[] hash = StoredForm.hash(head, link.number(), link.epoch(), entry.body());
    return Arrays.equals(link.hash(), hash)
        ? Optional.empty()
        : Optional.of("hash: not that of the content");
  }

  private boolean apply(Entry entry) {
    try {
      documents.add(Patch.parse(entry.ops()).applyTo(documents.get(documents.size() - 1)));
      return true;
    } catch (PatchRefused refused) {
      report(Breach.CHAIN_BROKEN, "does not apply: " + refused.detail(), entry);
      return false;
    }
  }

  private void report(Breach breach, Object... proof) {
    findings.add(Finding.of(breach, entity, proof));
  }

  List<Finding> findings() {
    return findings;
  }

  /** All events that can be read, in order. */
  Collection<Entry> entries() {
    return entries.values();
  }

  /** The highest version in the journal. */
  long highest() {
    return highest;
  }

  Optional<Entry> entry(long version) {
    return Optional.ofNullable(entries.get(version));
  }

  /** The document at {@code version}, if the chain up to it holds. */
  Optional<Json> document(long version) {
    return version < 0 || version >= documents.size()
        ? Optional.empty()
        : Optional.of(documents.get((int) version));
  }

  /** The epoch at {@code version}; 0 before the first change. */
  long epoch(long version) {
    return version == 0 ? 0 : entry(version).map(entry -> entry.link().epoch()).orElse(0L);
  }
}
