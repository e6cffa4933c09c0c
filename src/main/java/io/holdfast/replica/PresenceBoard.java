package io.holdfast.replica;

import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.ServerFrames;
import io.holdfast.protocol.ServerFrames.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** Who is present at an entity. Immutable but for the frame most observers need, encoded once. */
public final class PresenceBoard {
  private final EntityId entity;
  private final PMap<String, Present> bySession;
  private final @Nullable PMap<String, Present> before;
  private volatile @Nullable Frame step;

  private PresenceBoard(
      EntityId entity, PMap<String, Present> bySession, @Nullable PMap<String, Present> before) {
    this.entity = entity;
    this.bySession = bySession;
    this.before = before;
  }

  static PresenceBoard empty(EntityId entity) {
    return new PresenceBoard(entity, HashTreePMap.empty(), null);
  }

  PresenceBoard with(Present present) {
    return new PresenceBoard(entity, bySession.plus(present.session(), present), bySession);
  }

  PresenceBoard without(String session) {
    return bySession.containsKey(session)
        ? new PresenceBoard(entity, bySession.minus(session), bySession)
        : this;
  }

  int size() {
    return bySession.size();
  }

  /** Everyone. */
  public Frame all() {
    return ServerFrames.presenceAll(entity, bySession.values());
  }

  /** What changed since {@code known}. */
  public Frame since(PresenceBoard known) {
    if (known.bySession != before) {
      return difference(known.bySession);
    }
    Frame encoded = step;
    if (encoded == null) {
      encoded = difference(known.bySession);
      step = encoded;
    }
    return encoded;
  }

  private Frame difference(Map<String, Present> known) {
    List<Present> put = new ArrayList<>();
    for (Present present : bySession.values()) {
      if (!present.equals(known.get(present.session()))) {
        put.add(present);
      }
    }
    List<String> gone = known.keySet().stream()
        .filter(session -> !bySession.containsKey(session))
        .toList();
    return ServerFrames.presence(entity, put, gone);
  }
}
