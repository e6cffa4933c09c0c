package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which replicas an entity tells of its changes; one that is not heard of for two turns is forgotten. */
final class Leases {
  private final Map<ActorRef<Notice>, Integer> turns = new LinkedHashMap<>();
  private final Set<ActorRef<Notice>> attached = new HashSet<>();

  Leases(Duration lease) {
    if (lease.isZero() || lease.isNegative()) {
      throw new IllegalArgumentException("lease: %s (expected: > 0)".formatted(lease));
    }
  }

  void renew(ActorRef<Notice> replica) {
    turns.put(replica, 0);
  }

  /** Renews too; whether the replica was not attached before, or forgotten since. */
  boolean attach(ActorRef<Notice> replica) {
    renew(replica);
    return attached.add(replica);
  }

  void end(ActorRef<Notice> replica) {
    turns.remove(replica);
    attached.remove(replica);
  }

  /** One lease time has passed; returns those that are forgotten now. */
  List<ActorRef<Notice>> expire() {
    turns.replaceAll((replica, missed) -> missed + 1);
    List<ActorRef<Notice>> gone = turns.entrySet().stream()
        .filter(lease -> lease.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
    gone.forEach(this::end);
    return gone;
  }

  void tellOthers(ActorRef<Notice> except, Wire.Letter letter) {
    for (ActorRef<Notice> replica : turns.keySet()) {
      if (!replica.equals(except)) {
        letter.to(replica);
      }
    }
  }
}
