package io.holdfast.entity;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.time.Duration;

/** Stands in for an entity whose stored data is damaged: says so to everybody, until it is released. */
public final class QuarantinedEntity extends AbstractBehavior<StateEntity.Command> {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final EntityId entity;
  private final Custody custody;
  private final Notice notice;
  private final Wire wire;

  /** {@code reason} is why, for whoever runs the node. */
  public static Behavior<StateEntity.Command> create(
      EntityId entity, String reason, Custody custody) {
    return Behaviors.setup(context -> Behaviors.withTimers(
        timers -> new QuarantinedEntity(context, timers, entity, reason, custody)));
  }

  private QuarantinedEntity(
      ActorContext<StateEntity.Command> context,
      TimerScheduler<StateEntity.Command> timers,
      EntityId entity,
      String reason,
      Custody custody) {
    super(context);
    this.entity = entity;
    this.custody = custody;
    this.wire = new Wire(context.getSystem());
    this.notice = new Notice.Quarantined(reason);
    timers.startTimerWithFixedDelay(StateEntity.Own.LOOK_AGAIN, LOOK);
  }

  @Override
  public Receive<StateEntity.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StateEntity.Submit.class, this::onSubmit)
        .onMessage(StateEntity.Attach.class, this::onAttach)
        .onMessage(StateEntity.Read.class, this::onRead)
        .onMessageEquals(StateEntity.Own.LOOK_AGAIN, this::onLook)
        .onMessage(StateEntity.Fragment.class, this::onFragment)
        .onAnyMessage(message -> this)
        .build();
  }

  private Behavior<StateEntity.Command> onSubmit(StateEntity.Submit submit) {
    submit.replica().tell(notice);
    return this;
  }

  private Behavior<StateEntity.Command> onAttach(StateEntity.Attach attach) {
    attach.replica().tell(notice);
    return this;
  }

  /** Whoever asks hears that the entity is nowhere; its replica says why. */
  private Behavior<StateEntity.Command> onRead(StateEntity.Read read) {
    read.replyTo().tell(new Notice.At(Position.NONE));
    return this;
  }

  /** Of a long batch each piece comes alone; the whole one says whose it is. */
  private Behavior<StateEntity.Command> onFragment(StateEntity.Fragment fragment) {
    wire.whole(fragment.part())
        .filter(StateEntity.Submit.class::isInstance)
        .ifPresent(submit -> onSubmit((StateEntity.Submit) submit));
    return this;
  }

  private Behavior<StateEntity.Command> onLook() {
    if (custody.quarantined(entity).isPresent()) {
      return this;
    }
    getContext().getLog().info("{}: released from quarantine", entity);
    custody.passivate(getContext().getSelf());
    return Behaviors.stopped();
  }
}
