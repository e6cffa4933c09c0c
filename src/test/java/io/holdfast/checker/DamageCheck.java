package io.holdfast.checker;

import java.util.ArrayList;
import java.util.List;

/** P6: from some time on nothing may be told of a damaged entity. */
final class DamageCheck {
  private DamageCheck() {}

  static List<Finding> run(History history) {
    List<Finding> findings = new ArrayList<>();
    history.damaged().forEach((entity, since) -> {
      history.seen().stream()
          .filter(seen -> seen.entity().equals(entity) && seen.at() > since)
          .filter(seen -> !(seen.sight() instanceof Sight.Opened))
          .forEach(seen -> findings.add(Finding.of(Breach.DAMAGE_SERVED, entity, seen)));
      history.reads().stream()
          .filter(read -> read.entity().equals(entity) && read.invoked() > since)
          .forEach(read -> findings.add(Finding.of(Breach.DAMAGE_SERVED, entity, read)));
      history.receipts().stream()
          .filter(receipt -> receipt.command().entity().equals(entity))
          .filter(receipt -> receipt.accepted() && receipt.at() > since)
          .forEach(receipt -> findings.add(Finding.of(Breach.DAMAGE_SERVED, entity, receipt)));
    });
    return findings;
  }
}
