package io.holdfast.checker;

import java.util.ArrayList;
import java.util.List;

/** P4: one entity on one connection, followed sight by sight. */
final class Observer {
  /** A stretch of versions that was jumped over, until somebody proves that it was only late. */
  private record Gap(long after, long upTo, Seen jump) {}

  private final Ledger ledger;
  private final Steps steps;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private long epoch = Sight.NOTHING;
  private long version = Sight.NOTHING;
  private boolean opening;

  Observer(Ledger ledger, Steps steps) {
    this.ledger = ledger;
    this.steps = steps;
  }

  void take(Seen seen) {
    Sight sight = seen.sight();
    if (sight instanceof Sight.Opened opened) {
      opening = true;
      moveTo(opened.epoch(), opened.version());
    } else if (sight instanceof Sight.State state) {
      onState(seen, state);
    } else if (sight instanceof Sight.Current current) {
      onCurrent(seen, current);
    } else if (sight instanceof Sight.Changed changed) {
      onChanged(seen, changed);
    }
  }

  private void onState(Seen seen, Sight.State state) {
    if (!opening && epoch == state.epoch() && state.version() < version) {
      findings.add(Finding.of(Breach.OUT_OF_ORDER, seen.entity(), "was at " + version, seen));
    }
    ServedCheck.document(ledger, seen.entity(), state.epoch(), state.version(), state.doc(), seen)
        .ifPresent(findings::add);
    moveTo(state.epoch(), state.version());
    opening = false;
  }

  private void onCurrent(Seen seen, Sight.Current current) {
    if (!opening || current.epoch() != epoch || current.version() != version) {
      String had = "had: epoch %d, version %d".formatted(epoch, version);
      findings.add(Finding.of(Breach.SILENT_HOLE, seen.entity(), had, seen));
    }
    if (current.version() > ledger.highest()) {
      findings.add(ServedCheck.unstored(ledger, seen.entity(), seen));
    }
    ServedCheck.epoch(ledger, seen.entity(), current.epoch(), current.version(), seen)
        .ifPresent(findings::add);
    opening = false;
  }

  private void onChanged(Seen seen, Sight.Changed changed) {
    opening = false;
    if (version == Sight.NOTHING || changed.from() > version) {
      gaps.add(new Gap(version, changed.from(), seen));
      version = changed.version();
    } else if (changed.from() < version) {
      onOld(seen, changed);
    } else {
      version = changed.version();
    }
    if (changed.version() > ledger.highest()) {
      findings.add(ServedCheck.unstored(ledger, seen.entity(), seen));
    } else {
      steps
          .problem(changed, ledger)
          .ifPresent(problem ->
              findings.add(Finding.of(Breach.OPS_NOT_THE_JOURNALS, seen.entity(), seen, problem)));
    }
  }

  private void onOld(Seen seen, Sight.Changed changed) {
    boolean late =
        gaps.removeIf(gap -> gap.after() <= changed.from() && changed.version() <= gap.upTo());
    Breach breach = late ? Breach.OUT_OF_ORDER : Breach.SEEN_TWICE;
    findings.add(Finding.of(breach, seen.entity(), "was at " + version, seen));
    version = Math.max(version, changed.version());
  }

  private void moveTo(long newEpoch, long newVersion) {
    epoch = newEpoch;
    version = newVersion;
  }

  /** No more sights; {@code stays} if the connection still stood when all had come to rest. */
  List<Finding> end(String connection, String entity, boolean stays) {
    for (Gap gap : gaps) {
      findings.add(Finding.of(Breach.SILENT_HOLE, entity, "was at " + gap.after(), gap.jump()));
    }
    if (stays && version != ledger.highest()) {
      String proof = "%s: ended at version %d".formatted(connection, version);
      findings.add(
          Finding.of(Breach.LEFT_BEHIND, entity, proof, "journal: ends at " + ledger.highest()));
    }
    return findings;
  }
}
