package io.holdfast.session;

import akka.actor.typed.ActorRef;
import io.holdfast.entity.Proposal;
import io.holdfast.entity.Verdict;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.ServerFrames;
import io.holdfast.replica.Observation;
import io.holdfast.replica.Pending;
import io.holdfast.replica.PresenceBoard;
import io.holdfast.replica.Published;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Settled;
import io.holdfast.telemetry.Meters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One entity in one session: what the client has of it, and which of its commands wait. Open when the client asked to observe;
 * without that it is there only for the receipts.
 */
final class Channel {
  /** The frame lists no change by itself. */
  private static final long NONE = Long.MAX_VALUE;

  private final Observation observation;
  private final Meters meters;
  private final Deque<Pending> unsent = new ArrayDeque<>();
  private final Deque<Pending> unsettled = new ArrayDeque<>();
  private final Deque<Settled> unseen = new ArrayDeque<>();
  private boolean open;
  private boolean presenceWanted;
  private Optional<Position> known = Optional.empty();
  private @Nullable Published sent;
  private @Nullable PresenceBoard presenceSent;
  private long stateVersion;
  private long gapToldAt = -1;
  private boolean marked;

  Channel(EntityId entity, Consumer<Observation> wake, Meters meters) {
    this.observation = new Observation(entity, wake);
    this.meters = meters;
  }

  Observation observation() {
    return observation;
  }

  EntityId entity() {
    return observation.entity();
  }

  /** Whether it waits in its session's queue of what has news. */
  boolean isMarked() {
    return marked;
  }

  void mark(boolean waits) {
    marked = waits;
  }

  boolean isOpen() {
    return open;
  }

  /** Open, and its first frame is still to come. */
  boolean isOpening() {
    return open && sent == null;
  }

  /** What the client has, once it has something. */
  Optional<Position> sentAt() {
    return Optional.ofNullable(sent).map(Published::at);
  }

  /** What the client said it has, if it is open and said so. */
  Optional<Position> has() {
    return known;
  }

  /** How many commands wait for their receipt. */
  int pending() {
    return unsettled.size();
  }

  boolean isIdle() {
    return !open && isSettled();
  }

  /** Whether the client was told the outcome of every command. */
  boolean isSettled() {
    return unsettled.isEmpty() && unseen.isEmpty();
  }

  void open(Optional<Position> from, boolean withPresence) {
    open = true;
    known = from;
    presenceWanted = withPresence;
    sent = null;
    presenceSent = null;
  }

  /** Shows nothing from here on; the receipts of what was accepted and would have been shown next are to be sent instead. */
  List<Frame> close() {
    open = false;
    sent = null;
    List<Frame> receipts = unseen.stream().map(this::accepted).toList();
    unseen.clear();
    return receipts;
  }

  /**
   * The replica went away; the next one starts from what the client has. It gets all commands without a verdict again, as the old
   * one may have ended before it saw them.
   */
  Channel renewed(Consumer<Observation> wake) {
    Channel next = new Channel(entity(), wake, meters);
    if (open) {
      next.open(sent == null ? known : Optional.of(sent.at()), presenceWanted);
    }
    next.unseen.addAll(unseen);
    unsettled.forEach(command -> next.propose(command.proposal(), command.since()));
    return next;
  }

  /** {@code since}: when it came, in nanoseconds of this node's clock. */
  void propose(Proposal proposal, long since) {
    Pending command = new Pending(
        proposal,
        verdict -> {
          meters.endToEnd().record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
          observation.settle(new Settled(proposal.seq(), verdict));
        },
        since);
    unsettled.add(command);
    unsent.add(command);
    sendUnsent();
  }

  /** Commands wait here until the replica is known, so that none overtakes another. */
  void sendUnsent() {
    observation.replica().ifPresent(this::sendUnsent);
  }

  private void sendUnsent(ActorRef<Replica.Command> replica) {
    unsent.forEach(command -> replica.tell(new Replica.Propose(command)));
    unsent.clear();
  }

  /**
   * What is to be said now: receipts, then what brings the client to {@code latest}, then presence. What is there by now may be
   * newer: only what was looked at may be read, if it may.
   */
  List<Frame> frames(Optional<Published> latest) {
    List<Frame> frames = new ArrayList<>(2);
    observation.takeSettled().forEach(settled -> onSettled(settled, frames));
    if (open && latest.isPresent() && latest.get() != sent) {
      advance(latest.get(), frames);
    }
    if (sent != null && presenceWanted) {
      observation.presence().ifPresent(board -> show(board, frames));
    }
    return frames;
  }

  private void onSettled(Settled settled, List<Frame> frames) {
    forget(settled.seq());
    if (settled.verdict() instanceof Verdict.Gap gap) {
      onGap(gap, frames);
      return;
    }
    gapToldAt = -1;
    if (settled.verdict() instanceof Verdict.Accepted accepted) {
      onAccepted(settled, accepted, frames);
    } else if (settled.verdict() instanceof Verdict.Refused refused) {
      frames.add(ServerFrames.refused(entity(), settled.seq(), refused.why(), refused.version()));
    } else if (settled.verdict() instanceof Verdict.Undecided undecided) {
      frames.add(ServerFrames.error(undecided.why(), "mutate", entity().toString()));
    }
  }

  /** Verdicts come in the order of the commands, nearly always. */
  private void forget(long seq) {
    Iterator<Pending> each = unsettled.iterator();
    while (each.hasNext()) {
      if (each.next().proposal().seq() == seq) {
        each.remove();
        return;
      }
    }
  }

  /** Every command behind the missing one fails the same way; being told once is enough to send them all again. */
  private void onGap(Verdict.Gap gap, List<Frame> frames) {
    if (gapToldAt != gap.expected()) {
      gapToldAt = gap.expected();
      frames.add(ServerFrames.gap(entity(), gap.expected()));
    }
  }

  private void onAccepted(Settled settled, Verdict.Accepted accepted, List<Frame> frames) {
    boolean inStream =
        open && !accepted.duplicate() && (sent == null || accepted.version() > stateVersion);
    if (!inStream) {
      frames.add(accepted(settled));
    } else if (sent == null || accepted.version() > sent.at().version()) {
      unseen.add(settled);
    }
  }

  private Frame accepted(Settled settled) {
    Verdict.Accepted accepted = (Verdict.Accepted) settled.verdict();
    return ServerFrames.accepted(entity(), settled.seq(), accepted.version(), accepted.duplicate());
  }

  private void advance(Published latest, List<Frame> frames) {
    Published before = sent;
    sent = latest;
    if (before == null) {
      begin(latest, frames);
    } else if (!before.at().equals(latest.at())) {
      boolean whole = before.at().epoch() == latest.at().epoch() && latest.reaches(before.at());
      Frame frame = latest.since(before);
      settleUnseen(latest, whole && !frame.replaces() ? before.at().version() : NONE, frames);
      frames.add(frame);
    }
  }

  private void begin(Published latest, List<Frame> frames) {
    boolean resumes = known.isPresent() && latest.reaches(known.get());
    if (!resumes) {
      settleUnseen(latest, NONE, frames);
      frames.add(latest.state());
    } else if (known.get().equals(latest.at())) {
      settleUnseen(latest, NONE, frames);
      frames.add(ServerFrames.current(entity(), latest.at()));
    } else {
      stateVersion = known.get().version();
      Frame frame = latest.since(stateVersion);
      settleUnseen(latest, frame.replaces() ? NONE : stateVersion, frames);
      frames.add(frame);
    }
  }

  /**
   * Commands the client would look for in vain, because the frame jumps over them, get their own receipts first; it lists the
   * changes after version {@code listedAfter}.
   */
  private void settleUnseen(Published latest, long listedAfter, List<Frame> frames) {
    if (listedAfter == NONE) {
      stateVersion = latest.at().version();
    }
    unseen.removeIf(settled -> isCovered(settled, latest, listedAfter, frames));
  }

  private boolean isCovered(
      Settled settled, Published latest, long listedAfter, List<Frame> frames) {
    Verdict.Accepted accepted = (Verdict.Accepted) settled.verdict();
    if (accepted.version() > latest.at().version()) {
      return false;
    }
    if (accepted.version() <= listedAfter) {
      frames.add(accepted(settled));
    }
    return true;
  }

  private void show(PresenceBoard board, List<Frame> frames) {
    PresenceBoard before = presenceSent;
    if (board != before) {
      presenceSent = board;
      frames.add(before == null ? board.all() : board.since(before));
    }
  }
}
