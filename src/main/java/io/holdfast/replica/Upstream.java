package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import io.holdfast.entity.Notice;
import io.holdfast.entity.Proposal;
import io.holdfast.entity.StateEntity;
import io.holdfast.entity.Verdict;
import io.holdfast.entity.Wire;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Commands on their way up, in order: one batch in flight, the rest waits and becomes the next one. A batch without an answer
 * is sent again, which the entity recognizes; only commands without a number cannot be, and are given up.
 */
final class Upstream {
  private static final long FIRST_PATIENCE_NANOS = 500_000_000;

  private final ReplicaContext context;
  private final ActorRef<Notice> inbox;
  private final Wire wire;
  private final LongSupplier version;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private List<Pending> inFlight = List.of();
  private long batch;
  private long sentAt;
  private int attempts;
  private boolean resent;
  private long versionBefore;
  private boolean open;
  private Optional<ActorRef<StateEntity.Command>> entity = Optional.empty();

  /** {@code version} is what the replica has. */
  Upstream(ReplicaContext context, ActorRef<Notice> inbox, Wire wire, LongSupplier version) {
    this.context = context;
    this.inbox = inbox;
    this.wire = wire;
    this.version = version;
  }

  boolean speaksTo(ActorRef<StateEntity.Command> ref) {
    return entity.isPresent() && entity.get().equals(ref);
  }

  void speakTo(ActorRef<StateEntity.Command> ref) {
    entity = Optional.of(ref);
  }

  /** Whether the entity is spoken to at its own address. */
  boolean isDirect() {
    return entity.isPresent();
  }

  /** The entity has ended, maybe with our batch in its mailbox: what is in flight goes the long way again at once. */
  void speakThroughSharding() {
    entity = Optional.empty();
    resend();
  }

  boolean isIdle() {
    return waiting.isEmpty() && inFlight.isEmpty();
  }

  void open() {
    open = true;
    flush();
  }

  void add(Pending pending) {
    if (waiting.size() >= context.settings().queue()) {
      String detail =
          "commands waiting: %d (expected: fewer; send again later)".formatted(waiting.size());
      pending.settle().accept(new Verdict.Undecided(Refusal.of(ErrorCode.OVERLOADED, detail)));
    } else {
      waiting.add(pending);
    }
  }

  void flush() {
    if (!open || !inFlight.isEmpty() || waiting.isEmpty()) {
      return;
    }
    List<Pending> next =
        new ArrayList<>(Math.min(waiting.size(), context.settings().batch()));
    while (!waiting.isEmpty() && next.size() < context.settings().batch()) {
      next.add(waiting.poll());
    }
    inFlight = next;
    attempts = 0;
    resent = false;
    versionBefore = version.getAsLong();
    submit();
  }

  private void submit() {
    sentAt = System.nanoTime();
    List<Proposal> proposals = new ArrayList<>(inFlight.size());
    inFlight.forEach(pending -> proposals.add(pending.proposal()));
    tell(new StateEntity.Submit(++batch, proposals, inbox));
  }

  /** To the entity at its own address while it is known, else by way of sharding. */
  void tell(StateEntity.Command command) {
    entity.ifPresentOrElse(
        ref -> wire.tell(ref, command), () -> wire.tellThrough(context.entityRef(), command));
  }

  /** Only while the entity lives: what is not worth waking one up for. */
  void tellDirectly(StateEntity.Command command) {
    entity.ifPresent(ref -> wire.tell(ref, command));
  }

  /** Verdicts of a batch that was sent again in the meantime are left to the answer to the newer one. */
  void settle(Notice.Decided decided) {
    if (decided.batch() != batch || decided.verdicts().size() != inFlight.size()) {
      return;
    }
    List<Pending> settled = inFlight;
    inFlight = List.of();
    for (int i = 0; i < settled.size(); i++) {
      settle(settled.get(i), decided.verdicts().get(i));
    }
  }

  private void settle(Pending pending, Verdict verdict) {
    Consumer<Verdict> settle =
        resent ? asOfFirst(pending.settle(), versionBefore) : pending.settle();
    if (verdict instanceof Verdict.DecidedBefore before) {
      context.receipts().find(context.entity(), pending.proposal(), before.version(), settle);
    } else {
      settle.accept(verdict);
    }
  }

  /** A command that was decided since it first went up came twice only because it was sent again from here. */
  private static Consumer<Verdict> asOfFirst(Consumer<Verdict> settle, long versionBefore) {
    return verdict -> settle.accept(
        verdict instanceof Verdict.Accepted accepted && accepted.version() > versionBefore
            ? new Verdict.Accepted(accepted.version(), false)
            : verdict);
  }

  void tick(long now) {
    giveUpOn(now);
    if (!inFlight.isEmpty() && now - sentAt > patience()) {
      entity = Optional.empty();
      attempts++;
      resend();
    }
    flush();
  }

  /**
   * How long to wait for an answer: a move of the entity may have lost the batch, so it goes again after half a second, then
   * every second. What cannot be recognized when it comes again waits the whole time.
   */
  private long patience() {
    long whole = context.settings().resendAfter().toNanos();
    boolean recognizable =
        inFlight.stream().allMatch(pending -> pending.proposal().seq() > 0);
    return recognizable ? Math.min(whole, FIRST_PATIENCE_NANOS << Math.min(attempts, 1)) : whole;
  }

  private void resend() {
    inFlight = inFlight.stream().filter(this::canBeSentAgain).toList();
    if (!inFlight.isEmpty()) {
      resent = true;
      submit();
    }
  }

  private boolean canBeSentAgain(Pending pending) {
    if (pending.proposal().seq() > 0) {
      return true;
    }
    unknown(pending);
    return false;
  }

  /** Those too old to make anyone wait longer; whoever sends one again gets its first outcome. */
  private void giveUpOn(long now) {
    long oldest = now - context.settings().unavailableAfter().toNanos();
    if (!inFlight.isEmpty() && inFlight.get(0).since() - oldest < 0) {
      inFlight.forEach(this::unknown);
      inFlight = List.of();
      batch++;
    }
    while (!waiting.isEmpty() && waiting.peek().since() - oldest < 0) {
      unknown(waiting.remove());
    }
  }

  private void unknown(Pending pending) {
    String detail =
        "outcome: unknown, the entity does not answer (expected: send the same command again)";
    pending.settle().accept(new Verdict.Undecided(Refusal.of(ErrorCode.UNAVAILABLE, detail)));
  }

  void abandon() {
    inFlight.forEach(this::unknown);
    waiting.forEach(this::unknown);
    inFlight = List.of();
    waiting.clear();
  }

  /** Ends all commands without a verdict: they may have been accepted before, in this try or an earlier one. */
  void refuse(Refusal why) {
    Verdict verdict = new Verdict.Undecided(why);
    inFlight.forEach(pending -> pending.settle().accept(verdict));
    waiting.forEach(pending -> pending.settle().accept(verdict));
    inFlight = List.of();
    waiting.clear();
    batch++;
    open = false;
    entity = Optional.empty();
  }
}
