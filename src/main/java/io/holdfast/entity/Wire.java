package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One actor's way to others that may live on another node: by reference within a node, as bytes between two, in parts where a
 * message is longer than a frame between nodes may be.
 */
public final class Wire {
  private final ClusterCodec codec;
  private final Assembly assembly = new Assembly();
  private final long stream = ThreadLocalRandom.current().nextLong();
  private long number;

  /** For one actor; not thread-safe. */
  public Wire(ActorSystem<?> system) {
    this.codec = new ClusterCodec(system);
  }

  /** Whether {@code ref} is on this node. */
  static boolean isHere(ActorRef<?> ref) {
    return ref.path().address().host().isEmpty();
  }

  /** Tells an entity at its own address. */
  public void tell(ActorRef<StateEntity.Command> entity, StateEntity.Command command) {
    if (isHere(entity)) {
      entity.tell(command);
    } else {
      parts(command).forEach(part -> entity.tell(new StateEntity.Fragment(part)));
    }
  }

  /** Tells an entity by way of sharding, which knows where it lives; only what is long goes as parts. */
  public void tellThrough(Consumer<StateEntity.Command> sharding, StateEntity.Command command) {
    boolean fits = !(command instanceof StateEntity.Submit submit)
        || CommandCodec.weight(submit) < Part.MOST_BYTES;
    if (fits && !(command instanceof StateEntity.Present)) {
      sharding.accept(command);
    } else {
      parts(command).forEach(part -> sharding.accept(new StateEntity.Fragment(part)));
    }
  }

  private List<Part> parts(ClusterMessage message) {
    String manifest = ClusterCodec.manifest(message);
    return Part.of(stream, ++number, manifest, codec.encode(message));
  }

  /** One notice for any number of replicas, encoded at most once. */
  public Letter letter(Notice notice) {
    return new Letter(notice);
  }

  /** The whole message that {@code part} completes, if it does. */
  public Optional<ClusterMessage> whole(Part part) {
    return assembly.add(part).flatMap(bytes -> codec.decode(part.manifest(), bytes));
  }

  /** A notice on its way. */
  public final class Letter {
    private final Notice notice;
    private @Nullable List<Part> parts;

    private Letter(Notice notice) {
      this.notice = notice;
    }

    /** Sends it to {@code replica}. */
    public void to(ActorRef<Notice> replica) {
      if (isHere(replica)) {
        replica.tell(notice);
        return;
      }
      List<Part> encoded = parts;
      if (encoded == null) {
        encoded = parts(notice);
        parts = encoded;
      }
      encoded.forEach(part -> replica.tell(new Notice.Fragment(part)));
    }
  }
}
