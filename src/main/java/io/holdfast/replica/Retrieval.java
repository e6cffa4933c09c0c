package io.holdfast.replica;

import akka.actor.typed.javadsl.ActorContext;
import io.holdfast.entity.Change;
import io.holdfast.entity.Hash;
import io.holdfast.entity.Notice;
import io.holdfast.protocol.Position;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads in the journal, beside the actor, what a copy misses: the changes after what it has, and those before the ones it has at
 * hand, for clients that come back. One of each at a time; what was read comes as {@link Replica.Retrieved}.
 */
final class Retrieval {

  private final ActorContext<Replica.Command> actor;
  private final ReplicaContext context;
  private final Copy copy;
  private boolean ahead;
  private OptionalLong back = OptionalLong.empty();

  Retrieval(ActorContext<Replica.Command> actor, ReplicaContext context, Copy copy) {
    this.actor = actor;
    this.context = context;
    this.copy = copy;
  }

  /** Whether the copy is one whose missing changes are better read than the whole document sent. */
  boolean isWorthIt() {
    return copy.newest().map(this::isWorthIt).orElse(false);
  }

  private boolean isWorthIt(Published here) {
    return context.missed().isWorthIt(here.document().encodedBytes());
  }

  /** Whether what follows the copy is on its way. */
  boolean isAhead() {
    return ahead;
  }

  /** Reads what leads from the copy to where the entity is. */
  void goAhead(Notice.Behind behind) {
    if (ahead || copy.newest().isEmpty()) {
      return;
    }
    ahead = true;
    Position from = copy.at();
    read(from, behind.at().version(), Optional.of(behind.head()));
  }

  /** Whether it is worth waiting for the changes a client with {@code known} misses: they are on their way then. */
  boolean goBack(Optional<Position> known) {
    if (known.isEmpty() || copy.newest().isEmpty()) {
      return false;
    }
    Position from = known.get();
    Published here = copy.newest().get();
    if (from.epoch() != here.at().epoch() || from.version() >= here.reach() || !isWorthIt(here)) {
      return false;
    }
    if (back.isPresent()) {
      return from.version() >= back.getAsLong();
    }
    back = OptionalLong.of(from.version());
    read(from, here.reach(), Optional.empty());
    return true;
  }

  private void read(Position from, long to, Optional<Hash> head) {
    long most = copy.newest().orElseThrow().document().encodedBytes();
    actor.pipeToSelf(
        context.missed().between(context.entity(), from, to, head, most),
        (changes, failed) -> new Replica.Retrieved(from, head.isPresent(), found(changes, failed)));
  }

  private Optional<List<Change>> found(@Nullable List<Change> changes, @Nullable Throwable failed) {
    if (failed != null) {
      context.missed().lament(context.entity(), failed);
    }
    return Optional.ofNullable(changes);
  }

  /** What was read ahead is the caller's to apply; what was read back is at hand from now on. */
  void end(Replica.Retrieved read) {
    if (read.ahead()) {
      ahead = false;
    } else {
      back = OptionalLong.empty();
      read.changes().ifPresent(changes -> copy.reachBack(read.from(), changes));
    }
  }
}
