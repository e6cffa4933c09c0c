package io.holdfast.checker;

import io.holdfast.document.Json;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** P1, P3, P5: what clients were told of their commands against what the journal holds of them. */
final class CommandCheck {
  private final History history;
  private final Journal journal;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<CommandId, Sent> sent = new LinkedHashMap<>();
  private final Map<CommandId, List<Entry>> stored = new HashMap<>();
  private final Map<CommandId, Receipt> outcomes = new HashMap<>();

  private CommandCheck(History history, Journal journal) {
    this.history = history;
    this.journal = journal;
    history.sent().forEach(command -> sent.putIfAbsent(command.command(), command));
    for (Ledger ledger : journal.all()) {
      ledger.entries().forEach(entry -> stored
          .computeIfAbsent(entry.command(), id -> new ArrayList<>())
          .add(entry));
    }
  }

  static List<Finding> run(History history, Journal journal) {
    CommandCheck check = new CommandCheck(history, journal);
    check.stored.values().forEach(check::checkStored);
    journal.all().forEach(check::checkOrder);
    history.receipts().forEach(check::checkReceipt);
    check.checkAllDecided();
    return check.findings;
  }

  private void checkStored(List<Entry> entries) {
    Entry first = entries.get(0);
    if (entries.size() > 1) {
      report(Breach.APPLIED_TWICE, first, entries.get(1));
    }
    Sent original = sent.get(first.command());
    if (original == null) {
      report(Breach.NEVER_SENT, first, "sent by that client: nothing of that number");
      return;
    }
    if (!same(original.ops(), first.ops())) {
      report(Breach.NOT_AS_SENT, first, original);
    }
    if (original.ifVersion() != Sent.ANY && first.version() != original.ifVersion() + 1) {
      report(Breach.CONDITION_IGNORED, first, original);
    }
  }

  /** Equal as patches: the journal keeps no members that mean nothing. */
  private static boolean same(Json one, Json other) {
    try {
      return Patch.parse(one).toJson().equals(Patch.parse(other).toJson());
    } catch (PatchRefused notOps) {
      return false;
    }
  }

  private void checkOrder(Ledger ledger) {
    Map<String, Entry> last = new HashMap<>();
    for (Entry entry : ledger.entries()) {
      Entry before = last.put(entry.client(), entry);
      if (before != null && entry.seq() < before.seq()) {
        report(Breach.REORDERED, before, entry);
      }
    }
  }

  private void checkReceipt(Receipt receipt) {
    Receipt before = outcomes.putIfAbsent(receipt.command(), receipt);
    if (before != null && differ(before, receipt)) {
      report(Breach.TWO_OUTCOMES, before, receipt);
    }
    List<Entry> entries = stored.getOrDefault(receipt.command(), List.of());
    if (!receipt.accepted() && !entries.isEmpty()) {
      report(Breach.REFUSED_YET_STORED, receipt, entries.get(0));
    } else if (receipt.accepted()) {
      checkAcknowledged(receipt, entries);
    }
  }

  private static boolean differ(Receipt one, Receipt other) {
    return one.accepted() != other.accepted()
        || (one.accepted() && one.version() != other.version());
  }

  private void checkAcknowledged(Receipt receipt, List<Entry> entries) {
    if (entries.isEmpty()) {
      Ledger ledger = journal.ledger(receipt.command().entity());
      Object there = ledger
          .entry(receipt.version())
          .<Object>map(entry -> entry)
          .orElse("journal: ends at version %d".formatted(ledger.highest()));
      report(Breach.ACKNOWLEDGED_MISSING, receipt, there);
    } else if (entries.stream().noneMatch(entry -> entry.version() == receipt.version())) {
      report(Breach.ACKNOWLEDGED_ELSEWHERE, receipt, entries.get(0));
    }
  }

  private void checkAllDecided() {
    if (history.atRest()) {
      sent.values().stream()
          .filter(command -> !outcomes.containsKey(command.command()))
          .forEach(command -> report(Breach.NEVER_DECIDED, command));
    }
  }

  private void report(Breach breach, Receipt receipt, Object because) {
    findings.add(Finding.of(breach, receipt.command().entity(), receipt, because));
  }

  private void report(Breach breach, Entry entry, Object because) {
    findings.add(Finding.of(breach, entry.row().entity(), entry, because));
  }

  private void report(Breach breach, Sent command) {
    findings.add(Finding.of(breach, command.command().entity(), command));
  }
}
