package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.holdfast.entity.Change;
import io.holdfast.entity.Notice;
import io.holdfast.entity.StateEntity;
import io.holdfast.entity.Verdict;
import io.holdfast.entity.Wire;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames.Present;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** This node's live copy of one entity, shared by all its sessions: gathers their commands, spreads its changes. */
public final class Replica extends AbstractBehavior<Replica.Command> {

  /** What a replica understands. */
  public sealed interface Command {}

  /** Start telling {@code observation}, whose client has {@code known} already. */
  public record Observe(Observation observation, Optional<Position> known) implements Command {}

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

  /** What follows {@code from}, or nothing if that is not to be had; {@code ahead}: up to where the entity is. */
  record Retrieved(Position from, boolean ahead, Optional<List<Change>> changes)
      implements Command {}

  private record EntityGone(ActorRef<StateEntity.Command> entity) implements Command {}

  /** What a replica does of itself. */
  enum Own implements Command {
    TICK,
    STOP
  }

  private final ActorContext<Command> actor;
  private final ReplicaContext context;
  private final ActorRef<Notice> inbox;
  private final Wire wire;
  private final Upstream upstream;
  private final Attendance attendance;
  private final Audience audience;
  private final Following following;
  private final EarlyReceipts early = new EarlyReceipts();
  private Optional<Refusal> quarantined = Optional.empty();
  private long usedAt = System.nanoTime();

  static Behavior<Command> create(ReplicaContext context) {
    return Behaviors.setup(
        actor -> Behaviors.withTimers(timers -> new Replica(actor, timers, context)));
  }

  private Replica(
      ActorContext<Command> actor, TimerScheduler<Command> timers, ReplicaContext context) {
    super(actor);
    this.actor = actor;
    this.context = context;
    this.inbox = actor.messageAdapter(Notice.class, Heard::new);
    this.wire = new Wire(actor.getSystem());
    this.following = new Following(actor, context, inbox);
    this.upstream = new Upstream(context, inbox, wire, following::version);
    Observers observers = new Observers();
    this.attendance = new Attendance(context.entity(), observers, upstream, inbox);
    this.audience = new Audience(observers, attendance::greet);
    timers.startTimerWithFixedDelay(Own.TICK, context.settings().tick());
    following.attach();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Propose.class, this::onPropose)
        .onMessage(Heard.class, heard -> hear(heard.notice()))
        .onMessage(Observe.class, this::onObserve)
        .onMessage(Unobserve.class, this::onUnobserve)
        .onMessage(Get.class, this::onGet)
        .onMessage(SetPresence.class, this::onPresence)
        .onMessage(EntityGone.class, this::onEntityGone)
        .onMessage(Retrieved.class, this::onRetrieved)
        .onMessageEquals(Own.TICK, this::onTick)
        .onMessageEquals(Own.STOP, Behaviors::stopped)
        .onSignal(PostStop.class, signal -> onStopped())
        .build();
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
    if (following.goBack(observe.known())) {
      audience.comeBack(observation);
    } else {
      audience.join(observation, following.fresh());
      askAgain();
      tellOfSilence();
    }
    noteUse();
    return this;
  }

  private Behavior<Command> onUnobserve(Unobserve unobserve) {
    audience.leave(unobserve.observation());
    attendance.leave(unobserve.session());
    noteUse();
    return this;
  }

  /** Somebody waits for more than may be shown here. */
  private void askAgain() {
    if (audience.isWaiting()) {
      following.askAgain();
    }
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
    audience.ask(get);
    following.newest().ifPresent(newest -> audience.serve(newest, following.isSure()));
    askAgain();
    return this;
  }

  private Behavior<Command> hear(Notice notice) {
    if (notice instanceof Notice.Decided decided) {
      onDecided(decided);
    } else if (notice instanceof Notice.Committed committed) {
      following.advance(committed);
      show();
    } else if (notice instanceof Notice.Attached attached) {
      onAttached(attached);
    } else if (notice instanceof Notice.Renewed renewed) {
      onRenewed(renewed);
    } else if (notice instanceof Notice.Behind behind) {
      speakTo(behind.entity());
      following.behind(behind);
    } else if (notice instanceof Notice.Quarantined) {
      onQuarantined();
    } else if (notice instanceof Notice.Presence presence) {
      attendance.hear(presence);
    } else if (notice instanceof Notice.Introduce) {
      attendance.introduce();
    } else if (notice instanceof Notice.Fragment fragment) {
      wire.whole(fragment.part()).ifPresent(whole -> hear((Notice) whole));
    }
    return this;
  }

  /** Nothing of it is served any more; {@link #onTick} asks again until it is released. */
  private void onQuarantined() {
    Refusal why = following.drop();
    quarantined = Optional.of(why);
    audience.end(why);
    upstream.refuse(why);
    noteUse();
  }

  /** Commands go straight to the entity while it lives; sharding is asked again once it ends. */
  private void speakTo(ActorRef<StateEntity.Command> entity) {
    if (!upstream.speaksTo(entity)) {
      actor.watchWith(entity, new EntityGone(entity));
      upstream.speakTo(entity);
    }
  }

  private Behavior<Command> onEntityGone(EntityGone gone) {
    if (upstream.speaksTo(gone.entity())) {
      upstream.speakThroughSharding();
      following.attach();
    }
    return this;
  }

  /** Receipts go before the state that holds their change: the same order whoever's thread is faster. */
  private void onDecided(Notice.Decided decided) {
    decided.committed().forEach(following::advance);
    if (early.holds(decided, following.version())) {
      following.attach();
    } else {
      upstream.settle(decided);
    }
    if (!decided.committed().isEmpty()) {
      show();
    }
    upstream.flush();
  }

  private void onAttached(Notice.Attached attached) {
    speakTo(attached.entity());
    if (following.replace(attached)) {
      quarantined = Optional.empty();
      show();
      upstream.open();
    }
  }

  private void onRenewed(Notice.Renewed renewed) {
    speakTo(renewed.entity());
    following.renewed();
    following.newest().ifPresent(newest -> audience.confirm(newest, following.isSure()));
  }

  private Behavior<Command> onRetrieved(Retrieved read) {
    following.take(read);
    if (!read.ahead()) {
      audience.endSearch();
    }
    show();
    return this;
  }

  private void show() {
    early.due(following.version()).ifPresent(due -> {
      upstream.settle(due);
      upstream.flush();
    });
    following.newest().ifPresent(newest -> audience.show(newest, following.isSure()));
    noteUse();
  }

  private void noteUse() {
    usedAt = System.nanoTime();
    context.handle().note(audience.size(), following.weight());
  }

  /** Nobody waits in silence for what does not come. */
  private void tellOfSilence() {
    long now = System.nanoTime();
    following.silence(now).ifPresent(why -> audience.withhold(why, following.isLost(now)));
  }

  private Behavior<Command> onTick() {
    long now = System.nanoTime();
    audience.tick(now);
    upstream.tick(now);
    tellOfSilence();
    if (following.isDue(now)) {
      attendance.settle();
    }
    following.tick(now, upstream.isDirect());
    boolean idle = audience.isIdle() && upstream.isIdle();
    if (idle && now - usedAt > context.settings().idle().toNanos()) {
      context.parent().tell(new Replicas.Idle(context.entity(), actor.getSelf()));
    }
    return this;
  }

  private Behavior<Command> onStopped() {
    upstream.tellDirectly(new StateEntity.Detach(inbox));
    audience.lose();
    upstream.abandon();
    return this;
  }
}
