package io.holdfast.replica;

import io.holdfast.document.Json;
import io.holdfast.entity.Catalog;
import io.holdfast.entity.Change;
import io.holdfast.entity.EventCodec;
import io.holdfast.entity.SnapshotCodec;
import io.holdfast.entity.State;
import io.holdfast.journal.JournalReader;
import io.holdfast.journal.StoredEvent;
import io.holdfast.protocol.EntityId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** What an entity was: its changes and its earlier documents, from the journal. */
public final class History {
  private static final int PAGE = 500;

  private final JournalReader journal;
  private final Catalog catalog;

  public History(JournalReader journal, Catalog catalog) {
    this.journal = journal;
    this.catalog = catalog;
  }

  /** Changes with versions in {@code [from, to]}, oldest first, at most {@code limit}. */
  public CompletionStage<List<Change>> changes(EntityId entity, long from, long to, int limit) {
    return journal
        .events(entity, from, to, limit)
        .thenApply(events -> events.stream().map(History::change).toList());
  }

  private static Change change(StoredEvent stored) {
    return EventCodec.decode(stored.payload()).change();
  }

  /** The state at {@code version}, or the newest if it never got there. */
  public CompletionStage<State> at(EntityId entity, long version) {
    return journal
        .snapshotAt(entity, version)
        .thenApply(stored -> stored.map(SnapshotCodec::decode).orElseGet(() -> start(entity)))
        .thenCompose(base -> replay(entity, base, version, change -> true));
  }

  /** The state as it was at that time, milliseconds since 1970. */
  public CompletionStage<State> asOf(EntityId entity, long time) {
    return replay(entity, start(entity), Long.MAX_VALUE, change -> change.meta().at() <= time);
  }

  private State start(EntityId entity) {
    Json initial = catalog.kind(entity.kind()).orElseThrow().kind().initial();
    return State.start(entity, initial);
  }

  private CompletionStage<State> replay(
      EntityId entity, State base, long version, Predicate<Change> until) {
    return journal
        .events(entity, base.version() + 1, version, PAGE)
        .thenCompose(events -> fold(entity, base, version, until, events));
  }

  private CompletionStage<State> fold(
      EntityId entity,
      State base,
      long version,
      Predicate<Change> until,
      List<StoredEvent> events) {
    State state = base;
    for (StoredEvent stored : events) {
      var event = EventCodec.decode(stored.payload());
      if (!until.test(event.change())) {
        return CompletableFuture.completedFuture(state);
      }
      state = event.applyTo(state);
    }
    return events.size() < PAGE
        ? CompletableFuture.completedFuture(state)
        : replay(entity, state, version, until);
  }
}
