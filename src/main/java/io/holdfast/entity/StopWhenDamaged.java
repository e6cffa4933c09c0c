package io.holdfast.entity;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;

/** Ends a damaged entity whatever it is doing: around its supervision, which would keep the message until the next recovery. */
final class StopWhenDamaged extends BehaviorInterceptor<StateEntity.Command, StateEntity.Command> {
  StopWhenDamaged() {
    super(StateEntity.Command.class);
  }

  @Override
  public Behavior<StateEntity.Command> aroundReceive(
      TypedActorContext<StateEntity.Command> context,
      StateEntity.Command message,
      ReceiveTarget<StateEntity.Command> target) {
    return message == StateEntity.Own.MAKE_ROOM
        ? Behaviors.stopped()
        : target.apply(context, message);
  }
}
