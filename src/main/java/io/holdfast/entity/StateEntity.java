package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.RecoveryFailed;
import akka.persistence.typed.SnapshotFailed;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.ReplyEffect;
import akka.persistence.typed.javadsl.SignalHandler;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.ServerFrames;
import java.util.List;
import java.util.Optional;

/** The single writer of one entity: admits commands, journals them, tells every replica. */
public final class StateEntity
    extends EventSourcedBehaviorWithEnforcedReplies<StateEntity.Command, EntityEvent, State> {

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "state");

  /** What an entity understands. */
  public sealed interface Command extends ClusterMessage {}

  /** A replica's next commands, in its clients' order; at most one batch per replica is in flight. */
  public record Submit(long batch, List<Proposal> proposals, ActorRef<Notice> replica)
      implements Command {}

  /**
   * Starts or renews a replica's lease.
   *
   * @param known what it has
   * @param catchesUp whether it would rather read what it misses in the journal than be sent the whole document
   */
  public record Attach(ActorRef<Notice> replica, Position known, boolean catchesUp)
      implements Command {

    /** One that is sent the whole document where the entity no longer remembers what it misses. */
    public Attach(ActorRef<Notice> replica, Position known) {
      this(replica, known, false);
    }
  }

  /** Ends a replica's lease. */
  public record Detach(ActorRef<Notice> replica) implements Command {}

  /** Asks where the writer is. */
  public record Read(ActorRef<Notice.At> replyTo) implements Command {}

  /**
   * Who came and went at a replica.
   *
   * @param all whether {@code put} is everyone there
   */
  public record Present(
      ActorRef<Notice> replica, boolean all, List<ServerFrames.Present> put, List<String> gone)
      implements Command {}

  /** A piece of one of these. */
  public record Fragment(Part part) implements Command {}

  private enum Expire implements Command {
    TICK
  }

  /** What an entity and its stand-in tell themselves. */
  enum Own implements Command {
    MAKE_ROOM,
    LOOK_AGAIN
  }

  private final EntityId entity;
  private final EntityKind kind;
  private final EntitySettings settings;
  private final ActorContext<Command> context;
  private Admission admission;
  private final Attachments attachments;
  private SnapshotPace pace;
  private final EntityMeters meters;
  private final Custody custody;

  /** The behavior of {@code entity}; {@code meters}, {@code settings} and {@code custody} are the node's. */
  public static Behavior<Command> create(
      EntityId entity,
      EntityKind kind,
      EntitySettings settings,
      EntityMeters meters,
      Custody custody) {
    return Behaviors.intercept(
        StopWhenDamaged::new,
        Behaviors.setup(context -> Behaviors.withTimers(
            timers -> new StateEntity(entity, kind, settings, meters, custody, context, timers))));
  }

  private StateEntity(
      EntityId entity,
      EntityKind kind,
      EntitySettings settings,
      EntityMeters meters,
      Custody custody,
      ActorContext<Command> context,
      TimerScheduler<Command> timers) {
    super(
        PersistenceId.ofUniqueId(entity.toString()),
        SupervisorStrategy.restartWithBackoff(
            settings.minBackoff(), settings.maxBackoff(), settings.backoffJitter()));
    this.entity = entity;
    this.kind = kind;
    this.settings = settings;
    this.meters = meters;
    this.custody = custody;
    this.context = context;
    this.admission = new Admission(kind, entity.id());
    this.attachments = new Attachments(context, settings);
    this.pace = new SnapshotPace(kind.kind().snapshot(), settings);
    timers.startTimerAtFixedRate(Expire.TICK, settings.lease());
  }

  @Override
  public State emptyState() {
    return State.start(entity, kind.kind().initial());
  }

  @Override
  public CommandHandlerWithReply<Command, EntityEvent, State> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Submit.class, this::onSubmit)
        .onCommand(Attach.class, this::onAttach)
        .onCommand(Read.class, this::onRead)
        .onCommand(Detach.class, this::onDetach)
        .onCommand(Present.class, this::onPresent)
        .onCommand(Fragment.class, this::onFragment)
        .onCommand(Expire.class, this::onExpire)
        .onCommand(Own.class, this::onOwn)
        .build();
  }

  @Override
  public EventHandler<State, EntityEvent> eventHandler() {
    return (state, event) -> event.applyTo(state);
  }

  @Override
  public SignalHandler<State> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(RecoveryFailed.class, this::onRecoveryFailed)
        .onSignal(SnapshotFailed.class, this::onSnapshotFailed)
        .build();
  }

  @Override
  public boolean shouldSnapshot(State state, EntityEvent event, long sequenceNumber) {
    return pace.isDue(event, state.document().encodedBytes());
  }

  private ReplyEffect<EntityEvent, State> onSubmit(State state, Submit submit) {
    attachments.renew(submit.replica());
    Admission.Result result = admission.judge(state, submit.proposals());
    meters.judged(kind.kind().name(), result.verdicts());
    if (result.events().isEmpty()) {
      attachments.answer(submit, result.verdicts());
      return Effect().noReply();
    }
    long started = System.nanoTime();
    return Effect()
        .persist(result.events())
        .thenRun((State after) -> onCommitted(submit, result, after, started))
        .thenNoReply();
  }

  private void onCommitted(Submit submit, Admission.Result result, State after, long started) {
    meters.committed(System.nanoTime() - started, result.events().size());
    custody.committed(after);
    attachments.announce(submit, result, after);
  }

  private ReplyEffect<EntityEvent, State> onAttach(State state, Attach attach) {
    attachments.attach(state, attach);
    return Effect().noReply();
  }

  private ReplyEffect<EntityEvent, State> onRead(State state, Read read) {
    return Effect().reply(read.replyTo(), new Notice.At(state.position()));
  }

  private ReplyEffect<EntityEvent, State> onPresent(State state, Present present) {
    attachments.present(present);
    return Effect().noReply();
  }

  private ReplyEffect<EntityEvent, State> onFragment(State state, Fragment fragment) {
    Optional<ClusterMessage> whole = attachments.whole(fragment.part());
    if (whole.isPresent() && whole.get() instanceof Submit submit) {
      return onSubmit(state, submit);
    }
    if (whole.isPresent() && whole.get() instanceof Present present) {
      return onPresent(state, present);
    }
    return Effect().noReply();
  }

  private ReplyEffect<EntityEvent, State> onDetach(State state, Detach detach) {
    attachments.detach(detach.replica());
    return Effect().noReply();
  }

  private ReplyEffect<EntityEvent, State> onExpire(State state, Expire tick) {
    attachments.expire();
    if (custody.quarantined(entity).isPresent()) {
      custody.passivate(context.getSelf());
      return Effect().stop().thenNoReply();
    }
    return Effect().noReply();
  }

  private ReplyEffect<EntityEvent, State> onOwn(State state, Own makeRoom) {
    return Effect().stop().thenNoReply();
  }

  /**
   * A restart after a failed write runs through here with this same object: what it remembers of commands that never reached the
   * journal must go.
   */
  private void onRecovered(State state) {
    admission = new Admission(kind, entity.id());
    pace = new SnapshotPace(kind.kind().snapshot(), settings);
    attachments.forgetChanges();
    Damage.refuseEnd(state, lastSequenceNumber(context));
    Optional<Custody.Anchor> anchor = custody.takeAnchor(entity);
    Damage.refuseHead(state, anchor);
    if (state.version() > anchor.map(Custody.Anchor::version).orElse(0L)) {
      custody.committed(state);
    }
    meters.recovered();
  }

  private void onRecoveryFailed(State state, RecoveryFailed failed) {
    custody.takeAnchor(entity);
    Optional<String> damage = Damage.in(failed.getFailure());
    if (damage.isPresent()) {
      quarantine(state.version(), damage.get());
    } else {
      meters.recoveryFailed();
      context
          .getLog()
          .error(
              "{}: recovery failed, tried again with back-off: {}",
              entity,
              failed.getFailure().getMessage());
    }
  }

  /** Akka may tell of one failure twice. */
  private void quarantine(long version, String reason) {
    if (custody.quarantined(entity).isEmpty()) {
      meters.damaged();
      custody.damaged(entity, version, reason);
    }
    custody.passivate(context.getSelf());
    context.getSelf().tell(Own.MAKE_ROOM);
  }

  private void onSnapshotFailed(State state, SnapshotFailed failed) {
    context
        .getLog()
        .warn(
            "{}: snapshot not stored, the journal has all: {}",
            entity,
            failed.getFailure().getMessage());
  }
}
