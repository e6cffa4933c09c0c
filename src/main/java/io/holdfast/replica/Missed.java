package io.holdfast.replica;

import io.holdfast.entity.ChainBroken;
import io.holdfast.entity.Change;
import io.holdfast.entity.Hash;
import io.holdfast.entity.Stretch;
import io.holdfast.journal.StoredEvent;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes a replica does not have, from the journal: each verified to follow the one before, all of them or none. */
public final class Missed {

  /** Where an entity's events in {@code [from, to]} come from, oldest first; none where together they exceed {@code mostBytes}. */
  @FunctionalInterface
  public interface Source {
    CompletionStage<List<StoredEvent>> stretch(EntityId entity, long from, long to, long mostBytes);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Missed.class);

  private final Source journal;
  private final ReplicaSettings.CatchUp settings;

  public Missed(Source journal, ReplicaSettings.CatchUp settings) {
    this.journal = journal;
    this.settings = settings;
  }

  /** Whether a document of that size is worth looking for its changes. */
  boolean isWorthIt(int documentBytes) {
    return documentBytes >= settings.documentBytes();
  }

  /**
   * The changes after {@code known} up to {@code to}; fails where they are too many, weigh more than {@code mostBytes}, take too
   * long, or are not what follows {@code known}: with {@code head}, what leads to that hash.
   */
  CompletionStage<List<Change>> between(
      EntityId entity, Position known, long to, Optional<Hash> head, long mostBytes) {
    long events = to - known.version();
    if (events < 1 || events > settings.events()) {
      return failed("changes missed: %d (expected: 1–%d)".formatted(events, settings.events()));
    }
    return journal
        .stretch(entity, known.version() + 1, to, Math.min(mostBytes, settings.bytes()))
        .thenApply(stored -> verified(entity, known, to, head, stored))
        .toCompletableFuture()
        .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static CompletionStage<List<Change>> failed(String why) {
    return CompletableFuture.failedFuture(new NotAtHand(why));
  }

  private static List<Change> verified(
      EntityId entity, Position known, long to, Optional<Hash> head, List<StoredEvent> stored) {
    if (stored.size() != to - known.version()) {
      throw new NotAtHand("events: %d (expected: %d, not too long together)"
          .formatted(stored.size(), to - known.version()));
    }
    Stretch stretch =
        Stretch.after(entity, known, stored.stream().map(StoredEvent::payload).toList());
    if (head.isPresent() && !head.get().equals(stretch.head())) {
      throw new NotAtHand(
          "hash at %d: %s (expected: %s)".formatted(to, stretch.head(), head.get()));
    }
    return stretch.changes();
  }

  /** Says in the log why the whole document is sent instead. */
  void lament(EntityId entity, Throwable failed) {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    if (cause instanceof ChainBroken) {
      LOG.error("{}: its journal does not read back: {}", entity, cause.getMessage());
    } else {
      LOG.info("{}: what was missed is not read from the journal: {}", entity, cause.toString());
    }
  }

  /** They are not to be had this way; the whole document is. */
  static final class NotAtHand extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotAtHand(String message) {
      super(message, null, false, false);
    }
  }
}
