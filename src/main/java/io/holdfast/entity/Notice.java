package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import io.holdfast.document.Json;
import io.holdfast.document.PatchRefused;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.ServerFrames.Present;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entity tells its replicas. */
public sealed interface Notice extends ClusterMessage {

  /** The whole document, as answer to {@link StateEntity.Attach}; {@code entity} can be spoken to directly while it lives. */
  record Attached(ActorRef<StateEntity.Command> entity, Position at, Json document)
      implements Notice {}

  /** The replica has everything. */
  record Renewed(ActorRef<StateEntity.Command> entity, Position at) implements Notice {}

  /**
   * The replica misses changes the entity no longer remembers: they are in the journal.
   *
   * @param at how far the entity is
   * @param head the hash of the change that led there
   */
  record Behind(ActorRef<StateEntity.Command> entity, Position at, Hash head) implements Notice {}

  /** Where the entity is, as answer to {@link StateEntity.Read}. */
  record At(Position at) implements Notice {}

  /**
   * Changes that are in the journal, in order.
   *
   * @param document what they lead to; null where they came from another node
   */
  record Committed(long epoch, @Nullable Json document, List<Change> changes) implements Notice {

    /** ... that come without the document. */
    public static Committed elsewhere(long epoch, List<Change> changes) {
      return new Committed(epoch, null, changes);
    }

    /** The version before the first of them. */
    public long from() {
      return changes.get(0).version() - 1;
    }

    /** What they lead to from {@code before}, the document at {@link #from}. */
    public Json after(Json before) throws PatchRefused {
      if (document != null) {
        return document;
      }
      Json after = before;
      for (Change change : changes) {
        after = change.patch().applyTo(after);
      }
      return after;
    }
  }

  /** The verdicts on one batch of the replica that gets this, together with what the batch changed. */
  record Decided(long batch, List<Verdict> verdicts, List<Committed> committed) implements Notice {}

  /** The entity's stored data is damaged: nothing of it is served, and what became of its commands is not known. */
  record Quarantined(String reason) implements Notice {}

  /**
   * Who came and went at another replica.
   *
   * @param origin the other replica
   * @param all whether {@code put} is everyone there
   */
  record Presence(String origin, boolean all, List<Present> put, List<String> gone)
      implements Notice {}

  /** The entity does not know yet who is present at this replica. */
  record Introduce() implements Notice {}

  /** A piece of one of these. */
  record Fragment(Part part) implements Notice {}
}
