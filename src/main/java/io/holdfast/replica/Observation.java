package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Refusal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One observer's view of one entity: a cell that holds only the newest. The replica writes, the observer is woken once and reads
 * when it can; what it missed in between costs nothing. Thread-safe.
 */
public final class Observation {
  private static final VarHandle NOTIFIED = handle("notified", boolean.class);
  private static final VarHandle SETTLED = handle("settled", Node.class);

  private final EntityId entity;
  private final Consumer<Observation> wake;

  @SuppressWarnings("UnusedVariable") // Read through its handle.
  private volatile boolean notified;

  private volatile @Nullable Published latest;
  private volatile @Nullable Node settled;
  private volatile @Nullable PresenceBoard presence;
  private volatile @Nullable Refusal ended;
  private volatile @Nullable Refusal withheld;
  private volatile @Nullable ActorRef<Replica.Command> replica;
  private volatile boolean lost;

  /** Position in the replica's list; the replica's own. */
  int slot = -1;

  private record Node(Settled settled, @Nullable Node before) {}

  /** {@code wake} is called from the replica's thread, once until the next {@link #listen}. */
  public Observation(EntityId entity, Consumer<Observation> wake) {
    this.entity = entity;
    this.wake = wake;
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Observation.class, field, type);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  public EntityId entity() {
    return entity;
  }

  /** From here on the observer wants to be woken again; to be called before it reads. */
  public void listen() {
    notified = false;
  }

  /** The newest, once the replica is attached. */
  public Optional<Published> latest() {
    return Optional.ofNullable(latest);
  }

  /** Who is present, once somebody was. */
  public Optional<PresenceBoard> presence() {
    return Optional.ofNullable(presence);
  }

  /** Why the server ended this observation, if it did. */
  public Optional<Refusal> ended() {
    return Optional.ofNullable(ended);
  }

  /** Why there is nothing to see for now, although it may come: the entity does not answer. */
  public Optional<Refusal> withheld() {
    return Optional.ofNullable(withheld);
  }

  /** Where to send commands, once attached. */
  public Optional<ActorRef<Replica.Command>> replica() {
    return Optional.ofNullable(replica);
  }

  /** Whether the replica is gone and the entity must be observed anew. */
  public boolean isLost() {
    return lost;
  }

  /** Takes the verdicts that came since the last time, oldest first. */
  public Deque<Settled> takeSettled() {
    Deque<Settled> taken = new ArrayDeque<>();
    for (Node node = (Node) SETTLED.getAndSet(this, null); node != null; node = node.before()) {
      taken.addFirst(node.settled());
    }
    return taken;
  }

  /** Delivers the verdict on the command {@code seq}. */
  public void settle(Settled outcome) {
    Node before;
    do {
      before = settled;
    } while (!SETTLED.compareAndSet(this, before, new Node(outcome, before)));
    signal();
  }

  /** Wakes too: the observer may have commands to send although the entity does not answer yet. */
  void attached(ActorRef<Replica.Command> to) {
    replica = to;
    signal();
  }

  void publish(Published newest) {
    withheld = null;
    latest = newest;
    signal();
  }

  /** Puts the verdict beside the newest state without waking twice. */
  void present(PresenceBoard board) {
    presence = board;
    signal();
  }

  void end(Refusal why) {
    ended = why;
    signal();
  }

  /** Until the next {@link #publish}; wakes once. */
  void withhold(Refusal why) {
    if (withheld == null) {
      withheld = why;
      signal();
    }
  }

  void lose() {
    lost = true;
    signal();
  }

  private void signal() {
    if (NOTIFIED.compareAndSet(this, false, true)) {
      wake.accept(this);
    }
  }
}
