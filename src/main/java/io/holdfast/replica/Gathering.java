package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import io.holdfast.entity.Notice;
import io.holdfast.entity.StateEntity;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ServerFrames.Present;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is present at an entity: those of this node, and those other replicas tell of through the entity. */
final class Gathering {
  private final Map<String, Present> here = new LinkedHashMap<>();
  private final Map<String, Set<String>> elsewhere = new HashMap<>();
  private final Set<String> unconfirmed = new HashSet<>();
  private PresenceBoard board;

  Gathering(EntityId entity) {
    this.board = PresenceBoard.empty(entity);
  }

  PresenceBoard board() {
    return board;
  }

  void put(Present present) {
    here.put(present.session(), present);
    board = board.with(present);
  }

  /** Whether that session was present here. */
  boolean remove(String session) {
    if (here.remove(session) == null) {
      return false;
    }
    board = board.without(session);
    return true;
  }

  /** Everyone of this node, for an entity that does not know them. */
  StateEntity.Present everyone(ActorRef<Notice> replica) {
    return new StateEntity.Present(replica, true, List.copyOf(here.values()), List.of());
  }

  boolean isEmptyHere() {
    return here.isEmpty();
  }

  /** Another replica's people. */
  void hear(Notice.Presence presence) {
    unconfirmed.remove(presence.origin());
    Set<String> known = elsewhere.computeIfAbsent(presence.origin(), origin -> new HashSet<>());
    presence.gone().forEach(session -> leave(known, session));
    if (presence.all()) {
      Set<String> named = new HashSet<>();
      presence.put().forEach(person -> named.add(person.session()));
      Set.copyOf(known).stream()
          .filter(session -> !named.contains(session))
          .forEach(session -> leave(known, session));
    }
    for (Present person : presence.put()) {
      known.add(person.session());
      board = board.with(person);
    }
    if (known.isEmpty()) {
      elsewhere.remove(presence.origin());
    }
  }

  private void leave(Set<String> known, String session) {
    if (known.remove(session)) {
      board = board.without(session);
    }
  }

  /** The entity is a new one that has to hear of everybody again; who is not heard of until {@link #settle} is gone. */
  void doubt() {
    unconfirmed.addAll(elsewhere.keySet());
  }

  void settle() {
    for (String origin : unconfirmed) {
      elsewhere.getOrDefault(origin, Set.of()).forEach(session -> board = board.without(session));
      elsewhere.remove(origin);
    }
    unconfirmed.clear();
  }
}
