package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which replicas an entity tells of its changes; one that is not heard of for two turns is forgotten. */
final class Leases {
  private final Map<ActorRef<Notice>, Integer> turns = new LinkedHashMap<>();

  Leases(Duration lease) {
    if (lease.isZero() || lease.isNegative()) {
      throw new IllegalArgumentException("lease: %s (expected: > 0)".formatted(lease));
    }
  }

  void renew(ActorRef<Notice> replica) {
    turns.put(replica, 0);
  }

  void end(ActorRef<Notice> replica) {
    turns.remove(replica);
  }

  /** One lease time has passed. */
  void expire() {
    turns.replaceAll((replica, missed) -> missed + 1);
    turns.values().removeIf(missed -> missed > 1);
  }

  void tellOthers(ActorRef<Notice> except, Notice notice) {
    for (ActorRef<Notice> replica : turns.keySet()) {
      if (!replica.equals(except)) {
        replica.tell(notice);
      }
    }
  }
}
