package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.PatchRefused;
import io.holdfast.entity.EntityKind;
import io.holdfast.entity.Notice;
import io.holdfast.entity.StateEntity;
import io.holdfast.entity.Verdict;
import io.holdfast.entity.Wire;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames.Present;
import java.util.Optional;
import java.util.function.Consumer;

/** This node's live copy of one entity, shared by all its sessions: gathers their commands, spreads its changes. */
public final class Replica extends AbstractBehavior<Replica.Command> {

  /** What a replica understands. */
  public sealed interface Command {}

  /** Start telling {@code observation}. */
  public record Observe(Observation observation) implements Command {}

  /** Stop telling it; its session's presence goes with it. */
  public record Unobserve(Observation observation, String session) implements Command {}

  /** A command for the entity; {@code settle} gets its verdict, on any thread. */
  public record Propose(Pending pending) implements Command {}

  /** A read; {@code found} gets the document once this node has {@code minVersion}, {@code refused} why it never will. */
  public record Get(
      long minVersion, Consumer<Published> found, Consumer<Refusal> refused, long giveUpAt)
      implements Command {}

  /** One session's presence; a null {@code data} leaves. */
  public record SetPresence(Present present) implements Command {}

  record Heard(Notice notice) implements Command {}

  private record EntityGone(ActorRef<StateEntity.Command> entity) implements Command {}

  /** What a replica does of itself. */
  enum Own implements Command {
    TICK,
    STOP
  }

  /** What a replica needs of its node. */
  record Context(
      EntityId entity,
      EntityKind kind,
      ReplicaSettings settings,
      Consumer<StateEntity.Command> entityRef,
      ReplicaHandle handle,
      ActorRef<Replicas.Command> parent,
      Receipts receipts) {}

  /** A read waits for more than is here: news may have been lost on the way, so the entity is asked, this often at most. */
  private static final long ASK_AGAIN_NANOS = 200_000_000;

  private final ActorContext<Command> actor;
  private final Context context;
  private final ActorRef<Notice> inbox;
  private final Upstream upstream;
  private final Observers observers = new Observers();
  private final Readers readers = new Readers();
  private Optional<Published> published = Optional.empty();
  private Optional<Refusal> quarantined = Optional.empty();
  private Optional<Notice.Decided> early = Optional.empty();
  private final Wire wire;
  private final Attendance attendance;
  private long attachedAt;
  private long usedAt = System.nanoTime();

  static Behavior<Command> create(Context context) {
    return Behaviors.setup(
        actor -> Behaviors.withTimers(timers -> new Replica(actor, timers, context)));
  }

  private Replica(ActorContext<Command> actor, TimerScheduler<Command> timers, Context context) {
    super(actor);
    this.actor = actor;
    this.context = context;
    this.inbox = actor.messageAdapter(Notice.class, Heard::new);
    this.wire = new Wire(actor.getSystem());
    this.upstream = new Upstream(context, inbox, wire);
    this.attendance = new Attendance(context.entity(), observers, upstream, inbox);
    timers.startTimerWithFixedDelay(Own.TICK, context.settings().tick());
    attach();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Propose.class, this::onPropose)
        .onMessage(Heard.class, this::onHeard)
        .onMessage(Observe.class, this::onObserve)
        .onMessage(Unobserve.class, this::onUnobserve)
        .onMessage(Get.class, this::onGet)
        .onMessage(SetPresence.class, this::onPresence)
        .onMessage(EntityGone.class, this::onEntityGone)
        .onMessageEquals(Own.TICK, this::onTick)
        .onMessageEquals(Own.STOP, Behaviors::stopped)
        .onSignal(PostStop.class, signal -> onStopped())
        .build();
  }

  private void attach() {
    attachedAt = System.nanoTime();
    Position known = published.map(Published::at).orElse(Position.NONE);
    context.entityRef().accept(new StateEntity.Attach(inbox, known));
  }

  private Behavior<Command> onPropose(Propose propose) {
    usedAt = System.nanoTime();
    if (quarantined.isPresent()) {
      propose.pending().settle().accept(new Verdict.Undecided(quarantined.get()));
      return this;
    }
    upstream.add(propose.pending());
    upstream.flush();
    return this;
  }

  private Behavior<Command> onObserve(Observe observe) {
    Observation observation = observe.observation();
    observation.attached(actor.getSelf());
    if (quarantined.isPresent()) {
      observation.end(quarantined.get());
      return this;
    }
    observers.add(observation);
    attendance.greet(observation);
    published.ifPresent(observation::publish);
    noteUse();
    return this;
  }

  private Behavior<Command> onUnobserve(Unobserve unobserve) {
    observers.remove(unobserve.observation());
    attendance.leave(unobserve.session());
    noteUse();
    return this;
  }

  private Behavior<Command> onPresence(SetPresence set) {
    attendance.set(set.present());
    return this;
  }

  private Behavior<Command> onGet(Get get) {
    usedAt = System.nanoTime();
    if (quarantined.isPresent()) {
      get.refused().accept(quarantined.get());
      return this;
    }
    readers.add(get);
    published.ifPresent(readers::serve);
    if (!readers.isIdle() && System.nanoTime() - attachedAt > ASK_AGAIN_NANOS) {
      attach();
    }
    return this;
  }

  private Behavior<Command> onHeard(Heard heard) {
    hear(heard.notice());
    return this;
  }

  private void hear(Notice notice) {
    if (notice instanceof Notice.Decided decided) {
      onDecided(decided);
    } else if (notice instanceof Notice.Committed committed) {
      onCommitted(committed);
    } else if (notice instanceof Notice.Attached attached) {
      speakTo(attached.entity());
      onAttached(attached.at(), attached.document());
    } else if (notice instanceof Notice.Renewed renewed) {
      speakTo(renewed.entity());
    } else if (notice instanceof Notice.Quarantined) {
      onQuarantined();
    } else if (notice instanceof Notice.Presence presence) {
      attendance.hear(presence);
    } else if (notice instanceof Notice.Introduce) {
      attendance.introduce();
    } else if (notice instanceof Notice.Fragment fragment) {
      wire.whole(fragment.part()).ifPresent(whole -> hear((Notice) whole));
    }
  }

  /** Nothing of it is served any more; {@link #onTick} asks again until it is released. */
  private void onQuarantined() {
    Refusal why = Refusal.of(
        ErrorCode.QUARANTINED,
        "entity: %s is quarantined, its stored data is damaged (expected: an operator's repair)"
            .formatted(context.entity()));
    quarantined = Optional.of(why);
    published = Optional.empty();
    observers.end(why);
    readers.refuse(why);
    upstream.refuse(why);
    noteUse();
  }

  /** Commands go straight to the entity while it lives; sharding is asked again once it ends. */
  private void speakTo(ActorRef<StateEntity.Command> entity) {
    if (upstream.speaksTo(entity)) {
      return;
    }
    actor.watchWith(entity, new EntityGone(entity));
    upstream.speakTo(entity);
  }

  private Behavior<Command> onEntityGone(EntityGone gone) {
    if (upstream.speaksTo(gone.entity())) {
      upstream.speakThroughSharding();
      attach();
    }
    return this;
  }

  /** Receipts go before the state that holds their change: the same order whoever's thread is faster. */
  private void onDecided(Notice.Decided decided) {
    decided.committed().forEach(this::advance);
    if (isBehind(decided)) {
      early = Optional.of(decided);
      attach();
    } else {
      upstream.settle(decided);
    }
    if (!decided.committed().isEmpty()) {
      show();
    }
    upstream.flush();
  }

  /** A repeat tells of a change whose news was lost with a restart of the entity; nobody hears of it before it can be read here. */
  private boolean isBehind(Notice.Decided decided) {
    long here = published.map(Published::at).orElse(Position.NONE).version();
    return decided.verdicts().stream()
        .anyMatch(
            verdict -> verdict instanceof Verdict.Accepted accepted && accepted.version() > here);
  }

  private void onCommitted(Notice.Committed committed) {
    advance(committed);
    show();
  }

  private void onAttached(Position at, Json document) {
    if (isOutdated(at)) {
      return;
    }
    quarantined = Optional.empty();
    boolean untouched = at.version() == 0 && document == JsonNull.NULL;
    Json visible = untouched ? context.kind().kind().initial() : document;
    published = Optional.of(
        Published.attached(context.entity(), context.kind().kind().keys(), at, visible));
    show();
    upstream.open();
  }

  /** Whether a writer that does not know its successor yet speaks: what was shown once is never taken back. */
  private boolean isOutdated(Position at) {
    return published
        .map(Published::at)
        .filter(here -> here.epoch() == at.epoch() && here.version() > at.version())
        .isPresent();
  }

  private void advance(Notice.Committed committed) {
    if (published.isEmpty()) {
      return;
    }
    Published before = published.get();
    if (committed.from() > before.at().version()) {
      attach();
    } else if (committed.from() == before.at().version()) {
      published = Optional.of(after(before, committed));
    }
  }

  private Published after(Published before, Notice.Committed committed) {
    try {
      return before.then(
          committed.epoch(),
          committed.after(before.document()),
          committed.changes(),
          context.settings().recentBytes());
    } catch (PatchRefused diverged) {
      actor.getLog().error("{}: a change does not apply here: {}", context.entity(), diverged);
      context.entityRef().accept(new StateEntity.Attach(inbox, Position.NONE));
      return before;
    }
  }

  private void show() {
    Optional<Notice.Decided> due = early.filter(decided -> !isBehind(decided));
    if (due.isPresent()) {
      early = Optional.empty();
      upstream.settle(due.get());
      upstream.flush();
    }
    published.ifPresent(newest -> {
      observers.publish(newest);
      readers.serve(newest);
    });
    noteUse();
  }

  private void noteUse() {
    usedAt = System.nanoTime();
    context.handle().note(observers.size(), published.map(Replica::weight).orElse(0L));
  }

  private static long weight(Published newest) {
    return newest.document().encodedBytes() + (long) newest.recentBytes();
  }

  private Behavior<Command> onTick() {
    long now = System.nanoTime();
    readers.giveUp(now);
    upstream.tick(now);
    boolean due = now - attachedAt > context.settings().renew().toNanos();
    if (due) {
      attendance.settle();
    }
    // Sharding drops what it holds for an entity on the move, so one that has not answered is asked
    // again.
    if (due || published.isEmpty() || !upstream.isDirect()) {
      attach();
    }
    boolean idle = observers.size() == 0 && upstream.isIdle() && readers.isIdle();
    if (idle && now - usedAt > context.settings().idle().toNanos()) {
      context.parent().tell(new Replicas.Idle(context.entity(), actor.getSelf()));
    }
    return this;
  }

  private Behavior<Command> onStopped() {
    upstream.tellDirectly(new StateEntity.Detach(inbox));
    observers.lose();
    upstream.abandon();
    return this;
  }

  /** A command that waits for its verdict. */
  public record Pending(
      io.holdfast.entity.Proposal proposal, Consumer<Verdict> settle, long since) {}
}
