package io.holdfast.replica;

import io.holdfast.entity.EntityEvent;
import io.holdfast.entity.EventCodec;
import io.holdfast.entity.Proposal;
import io.holdfast.entity.Verdict;
import io.holdfast.journal.StoredEvent;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Outcomes of commands decided long ago, found in the journal by walking back from a version that cannot be before them. */
public final class Receipts {
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 500;

  /** Where an entity's events in {@code [from, to]} come from, newest first, at most {@code limit}. */
  @FunctionalInterface
  public interface Source {
    CompletionStage<List<StoredEvent>> newest(EntityId entity, long from, long to, int limit);
  }

  private final Source journal;

  public Receipts(Source journal) {
    this.journal = journal;
  }

  void find(EntityId entity, Proposal proposal, long from, Consumer<Verdict> settle) {
    find(entity, proposal.client(), proposal.seq(), from)
        .whenComplete((found, failed) -> settle.accept(verdict(found, failed != null, from)));
  }

  private static Verdict verdict(Optional<ChangeMeta> found, boolean failed, long from) {
    if (failed) {
      String detail =
          "outcome: the journal does not answer (expected: send the same command again)";
      return new Verdict.Undecided(Refusal.of(ErrorCode.UNAVAILABLE, detail));
    }
    return found
        .<Verdict>map(meta -> new Verdict.Accepted(meta.version(), true))
        .orElseGet(() -> refusedOnce(from));
  }

  private static Verdict refusedOnce(long version) {
    String detail =
        "outcome: refused when first judged, the reason is no longer kept (expected: a new seq)";
    return new Verdict.Refused(Refusal.of(ErrorCode.EXPIRED_CLIENT, detail), version);
  }

  /** The accepted change that carries this command, if there is one at or before version {@code from}. */
  public CompletionStage<Optional<ChangeMeta>> find(
      EntityId entity, String client, long seq, long from) {
    return page(entity, client, seq, from, MOST_PAGES);
  }

  private CompletionStage<Optional<ChangeMeta>> page(
      EntityId entity, String client, long seq, long from, int pages) {
    if (from < 1 || pages == 0) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return journal
        .newest(entity, 1, from, PAGE)
        .thenCompose(events -> search(entity, client, seq, events, pages));
  }

  private CompletionStage<Optional<ChangeMeta>> search(
      EntityId entity, String client, long seq, List<StoredEvent> events, int pages) {
    for (StoredEvent event : events) {
      ChangeMeta meta = meta(event);
      if (meta.client().equals(client) && meta.seq() <= seq) {
        return CompletableFuture.completedFuture(
            meta.seq() == seq ? Optional.of(meta) : Optional.empty());
      }
    }
    long next = events.isEmpty() ? 0 : events.get(events.size() - 1).sequenceNumber() - 1;
    return page(entity, client, seq, next, pages - 1);
  }

  private static ChangeMeta meta(StoredEvent stored) {
    EntityEvent.Patched event = EventCodec.decode(stored.payload());
    return event.change().meta();
  }
}
