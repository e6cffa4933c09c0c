package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.holdfast.entity.Notice;
import io.holdfast.entity.StateEntity;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import java.util.Optional;

/** Keeps a replica's copy at its entity's newest: renews the lease, takes what is new, has holes filled. */
final class Following {

  /** Somebody waits for more than is here: news may have been lost on the way, so the entity is asked, this often at most. */
  private static final long ASK_AGAIN_NANOS = 200_000_000;

  private final ActorContext<Replica.Command> actor;
  private final ReplicaContext context;
  private final ActorRef<Notice> inbox;
  private final Copy copy;
  private final Lease lease;
  private final Retrieval retrieval;

  Following(ActorContext<Replica.Command> actor, ReplicaContext context, ActorRef<Notice> inbox) {
    this.actor = actor;
    this.context = context;
    this.inbox = inbox;
    this.copy =
        new Copy(context.entity(), context.kind().kind(), context.settings().recentBytes());
    this.lease = new Lease(context.settings(), context.fence());
    this.retrieval = new Retrieval(actor, context, copy);
  }

  Optional<Published> newest() {
    return copy.newest();
  }

  long version() {
    return copy.at().version();
  }

  /** About how much memory it takes, bytes. */
  long weight() {
    return copy.weight();
  }

  /** What may be shown to whoever has nothing yet. */
  Optional<Published> fresh() {
    return copy.newest().filter(newest -> isSure());
  }

  /** Whether nothing newer is hidden from this node, as far as it can know. */
  boolean isSure() {
    return lease.isSure(System.nanoTime());
  }

  /** Asks the entity for what is new. */
  void attach() {
    ask(copy.at(), retrieval.isWorthIt());
  }

  private void ask(Position known, boolean catchesUp) {
    lease.asked(System.nanoTime());
    context.entityRef().accept(new StateEntity.Attach(inbox, known, catchesUp));
  }

  void askAgain() {
    if (lease.sinceAsked(System.nanoTime()) > ASK_AGAIN_NANOS) {
      attach();
    }
  }

  /** Sharding drops what it holds for an entity on the move, so one that has not answered is asked again. */
  void tick(long now, boolean direct) {
    if (lease.isDue(now) || lease.isWaiting() || fresh().isEmpty() || !direct) {
      attach();
    }
  }

  boolean isDue(long now) {
    return lease.isDue(now);
  }

  /** Whether that is news here. */
  boolean replace(Notice.Attached attached) {
    lease.answered(System.nanoTime());
    return copy.replace(attached.at(), attached.document());
  }

  /** The entity has confirmed that nothing is missing. */
  void renewed() {
    lease.answered(System.nanoTime());
  }

  /** Something is missing, so nothing is confirmed until it is here. */
  void behind(Notice.Behind behind) {
    retrieval.goAhead(behind);
  }

  /** The entity is in quarantine, so there is nothing to show; why, for whoever asks. */
  Refusal drop() {
    lease.answered(System.nanoTime());
    copy.drop();
    return Refusal.of(
        ErrorCode.QUARANTINED,
        "entity: %s is quarantined, its stored data is damaged (expected: an operator's repair)"
            .formatted(context.entity()));
  }

  void advance(Notice.Committed committed) {
    switch (copy.advance(committed)) {
      case NOTHING, FURTHER -> {}
      case GAP -> {
        if (!retrieval.isAhead()) {
          attach();
        }
      }
      case DIVERGED -> {
        actor.getLog().error("{}: a change does not apply here", context.entity());
        ask(Position.NONE, false);
      }
    }
  }

  /** Whether what a client that has {@code known} misses is being read. */
  boolean goBack(Optional<Position> known) {
    return retrieval.goBack(known);
  }

  /** Takes what was read. What came in the meantime was not taken, so the entity is asked once more. */
  void take(Replica.Retrieved read) {
    retrieval.end(read);
    if (read.ahead() && read.changes().isPresent()) {
      advance(Notice.Committed.elsewhere(read.from().epoch(), read.changes().get()));
      attach();
    } else if (read.ahead()) {
      ask(copy.at(), false);
    }
  }

  /** Why whoever waits should do so no longer, if the entity has been silent for too long. */
  Optional<Refusal> silence(long now) {
    return lease.isSilent(now)
        ? Optional.of(Refusal.of(
            ErrorCode.UNAVAILABLE,
            "entity: %s does not answer (expected: ask again later)".formatted(context.entity())))
        : Optional.empty();
  }

  /** Whether it has been so for so long that what is shown should no longer be taken for live. */
  boolean isLost(long now) {
    return lease.isLost(now);
  }
}
