package io.holdfast.entity;

import akka.actor.typed.ActorRefResolver;
import java.util.function.BiFunction;

/**
 * One sort of message that crosses nodes.
 *
 * @param manifest its name there, fixed for ever
 * @param type what it is here
 */
record Form<M extends ClusterMessage>(
    String manifest,
    Class<M> type,
    BiFunction<ActorRefResolver, M, byte[]> write,
    BiFunction<ActorRefResolver, Members, M> read) {

  /** {@code message} must be of this sort. */
  byte[] encode(ActorRefResolver refs, ClusterMessage message) {
    return write.apply(refs, type.cast(message));
  }

  M decode(ActorRefResolver refs, byte[] bytes) {
    return read.apply(refs, Members.read(bytes));
  }
}
