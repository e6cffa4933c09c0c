package io.holdfast.checker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds every promise that a history breaks. */
public final class Checker {
  /** One entity on one connection. */
  private record Observation(String connection, String entity) {}

  private Checker() {}

  /** What is broken, most important first; nothing if all promises held. */
  public static List<Finding> check(History history) {
    History sound = withoutDamaged(history);
    Journal journal = new Journal(sound.journal());
    List<Finding> findings = new ArrayList<>(CommandCheck.run(sound, journal));
    findings.addAll(TimeCheck.run(sound));
    findings.addAll(observers(sound, journal));
    findings.addAll(reads(sound, journal));
    journal.all().forEach(ledger -> findings.addAll(ledger.findings()));
    findings.addAll(DamageCheck.run(history));
    findings.sort(java.util.Comparator.comparing(Finding::breach));
    return findings;
  }

  /** What is damaged on purpose is judged by {@link DamageCheck} alone. */
  private static History withoutDamaged(History all) {
    Map<String, Long> damaged = all.damaged();
    return new History(
        all.sent().stream()
            .filter(s -> !damaged.containsKey(s.command().entity()))
            .toList(),
        all.receipts().stream()
            .filter(r -> !damaged.containsKey(r.command().entity()))
            .toList(),
        all.seen().stream().filter(s -> !damaged.containsKey(s.entity())).toList(),
        all.reads().stream().filter(r -> !damaged.containsKey(r.entity())).toList(),
        all.journal().stream().filter(r -> !damaged.containsKey(r.entity())).toList(),
        all.staying(),
        all.atRest(),
        damaged);
  }

  private static List<Finding> observers(History history, Journal journal) {
    Steps steps = new Steps();
    Map<Observation, Observer> observers = new LinkedHashMap<>();
    for (Seen seen : history.seen()) {
      observers
          .computeIfAbsent(
              new Observation(seen.connection(), seen.entity()),
              where -> new Observer(journal.ledger(seen.entity()), steps))
          .take(seen);
    }
    List<Finding> findings = new ArrayList<>();
    observers.forEach((where, observer) -> {
      boolean stays = history.atRest() && history.staying().contains(where.connection());
      findings.addAll(observer.end(where.connection(), where.entity(), stays));
    });
    return findings;
  }

  private static List<Finding> reads(History history, Journal journal) {
    return history.reads().stream()
        .flatMap(read -> ServedCheck.document(
            journal.ledger(read.entity()),
            read.entity(),
            read.epoch(),
            read.version(),
            read.doc(),
            read)
            .stream())
        .toList();
  }

  /** The findings as text, at most {@code most} of each breach. */
  public static String report(List<Finding> findings, int most) {
    Map<Breach, List<Finding>> sorts = findings.stream()
        .collect(
            Collectors.groupingBy(Finding::breach, java.util.TreeMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    sorts.forEach((breach, all) -> {
      text.append("%s %s: %d\n".formatted(breach.promise(), breach, all.size()));
      all.stream()
          .limit(most)
          .forEach(finding -> text.append("  ").append(finding).append('\n'));
    });
    return text.toString();
  }
}
