package io.holdfast.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** P2 and P4 against the clock: what came after a receipt must not be ordered, or read, before it. */
final class TimeCheck {
  private final Map<CommandId, Long> firstSent = new HashMap<>();
  private final Map<String, List<Receipt>> accepted = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private TimeCheck(History history) {
    history.sent().forEach(sent -> firstSent.merge(sent.command(), sent.at(), Math::min));
    history.receipts().stream().filter(Receipt::accepted).forEach(receipt -> accepted
        .computeIfAbsent(receipt.command().entity(), entity -> new ArrayList<>())
        .add(receipt));
  }

  static List<Finding> run(History history) {
    TimeCheck check = new TimeCheck(history);
    check.accepted.forEach(check::checkOrder);
    for (Read read : history.reads()) {
      check.checkFresh(read);
    }
    return check.findings;
  }

  /** From the newest version down: the earliest receipt above must not be older than the sending of what stands below. */
  private void checkOrder(String entity, List<Receipt> receipts) {
    receipts.sort(Comparator.comparingLong(Receipt::version).reversed());
    Receipt earliest = receipts.get(0);
    for (Receipt receipt : receipts) {
      long sent = firstSent.getOrDefault(receipt.command(), Long.MAX_VALUE);
      if (receipt.version() < earliest.version()
          && sent != Long.MAX_VALUE
          && earliest.at() < sent) {
        String proof = "%s, sent first at %d ns".formatted(receipt, sent);
        findings.add(Finding.of(Breach.ORDER_AGAINST_TIME, entity, earliest, proof));
      }
      if (receipt.at() < earliest.at()) {
        earliest = receipt;
      }
    }
  }

  private void checkFresh(Read read) {
    if (read.version() < read.atLeast()) {
      findings.add(Finding.of(
          Breach.STALE_READ, read.entity(), read, "asked for: ≥ %d".formatted(read.atLeast())));
    }
    if (read.strong()) {
      accepted.getOrDefault(read.entity(), List.of()).stream()
          .filter(receipt -> receipt.at() < read.invoked() && receipt.version() > read.version())
          .findFirst()
          .ifPresent(
              receipt -> findings.add(Finding.of(Breach.STALE_READ, read.entity(), receipt, read)));
    }
  }
}
