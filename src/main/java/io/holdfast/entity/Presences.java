package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import io.holdfast.protocol.ServerFrames.Present;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who is present at which replica of an entity, in memory only. */
final class Presences {
  private final Function<ActorRef<Notice>, String> name;
  private final Map<ActorRef<Notice>, Map<String, Present>> byReplica = new LinkedHashMap<>();

  /** {@code name} is what a replica is called on every node. */
  Presences(Function<ActorRef<Notice>, String> name) {
    this.name = name;
  }

  /** Takes {@code present} in; returns what the other replicas have to hear. */
  Notice.Presence take(StateEntity.Present present) {
    Map<String, Present> there =
        byReplica.computeIfAbsent(present.replica(), replica -> new LinkedHashMap<>());
    if (present.all()) {
      there.clear();
    }
    present.put().forEach(person -> there.put(person.session(), person));
    present.gone().forEach(there::remove);
    if (there.isEmpty()) {
      byReplica.remove(present.replica());
    }
    return new Notice.Presence(
        name.apply(present.replica()), present.all(), present.put(), present.gone());
  }

  /** Everyone at the other replicas, one notice for each. */
  List<Notice.Presence> elsewhere(ActorRef<Notice> replica) {
    List<Notice.Presence> all = new ArrayList<>();
    byReplica.forEach((other, there) -> {
      if (!other.equals(replica)) {
        all.add(
            new Notice.Presence(name.apply(other), true, List.copyOf(there.values()), List.of()));
      }
    });
    return all;
  }

  /** The replica is gone; what the others have to hear, if anybody was there. */
  List<Notice.Presence> forget(ActorRef<Notice> replica) {
    return byReplica.remove(replica) == null
        ? List.of()
        : List.of(new Notice.Presence(name.apply(replica), true, List.of(), List.of()));
  }
}
