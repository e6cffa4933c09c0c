package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import io.holdfast.protocol.EntityId;
import java.util.Optional;

/** Whoever keeps watch over what an entity stored: what it tells them and asks of them. Thread-safe; nothing blocks. */
public interface Custody {

  /** How far an entity's events reached when last looked at. */
  record Anchor(long version, Hash hash) {}

  /** {@code after} is what the newest event leads to, and that is in the journal. */
  void committed(State after);

  /** The anchor that was stored when the entity's recovery began, once. */
  Optional<Anchor> takeAnchor(EntityId entity);

  /** The entity's data is damaged beyond {@code version}. */
  void damaged(EntityId entity, long version, String reason);

  /** Why the entity is in quarantine, if it is. */
  Optional<String> quarantined(EntityId entity);

  /** Has messages to that actor wait for its successor. */
  void passivate(ActorRef<StateEntity.Command> entity);
}
