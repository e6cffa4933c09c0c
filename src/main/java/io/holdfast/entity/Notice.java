package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import io.holdfast.document.Json;
import io.holdfast.protocol.Position;
import java.util.List;

/** What an entity tells its replicas. */
public sealed interface Notice {

  /** The whole document, as answer to {@link StateEntity.Attach}; {@code entity} can be spoken to directly while it lives. */
  record Attached(
      ActorRef<StateEntity.Command> entity, Position at, Json document, long created, long updated)
      implements Notice {}

  /** The replica has everything. */
  record Renewed(ActorRef<StateEntity.Command> entity, Position at) implements Notice {}

  /** Changes that are in the journal, in order. */
  record Committed(long epoch, Json document, List<Change> changes) implements Notice {
    /** The version before the first of them. */
    public long from() {
      return changes.get(0).version() - 1;
    }
  }

  /** The verdicts on one batch of the replica that gets this, together with what the batch changed. */
  record Decided(long batch, List<Verdict> verdicts, List<Committed> committed) implements Notice {}

  /** The entity's stored data is damaged: nothing of it is served, and what became of its commands is not known. */
  record Quarantined(String reason) implements Notice {}
}
