package io.holdfast.entity;

import io.holdfast.telemetry.Meters;
import java.util.List;

/** What entities count. */
public final class EntityMeters {
  private final Meters meters;

  public EntityMeters(Meters meters) {
    this.meters = meters;
  }

  void judged(String kind, List<Verdict> verdicts) {
    verdicts.forEach(verdict -> meters.command(kind, outcome(verdict)).increment());
  }

  private static String outcome(Verdict verdict) {
    if (verdict instanceof Verdict.Accepted accepted) {
      return accepted.duplicate() ? "duplicate" : "accepted";
    }
    if (verdict instanceof Verdict.Refused refused) {
      return refused.why().code().wire();
    }
    if (verdict instanceof Verdict.Undecided undecided) {
      return undecided.why().code().wire();
    }
    return verdict instanceof Verdict.Gap ? "gap" : "duplicate";
  }

  void committed(long nanos, int events) {
    meters.commit().record(nanos, java.util.concurrent.TimeUnit.NANOSECONDS);
    meters.batchSize().record(events);
  }

  void recovered() {
    meters.recoveries("ok").increment();
  }

  void damaged() {
    meters.recoveries("damaged").increment();
  }

  void recoveryFailed() {
    meters.recoveries("failed").increment();
  }
}
