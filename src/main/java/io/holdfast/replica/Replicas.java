package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.holdfast.entity.Catalog;
import io.holdfast.entity.StateEntity;
import io.holdfast.protocol.EntityId;
import io.holdfast.telemetry.Meters;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** This node's replicas by name: opens one on first use, lets go of those nobody uses, oldest first when memory is short. */
public final class Replicas extends AbstractBehavior<Replicas.Command> {

  /** What the node's replicas understand. */
  public sealed interface Command {}

  /** Hands {@code message} to the entity's replica, which is opened if need be. The kind must exist. */
  public record To(EntityId entity, Replica.Command message) implements Command {}

  record Idle(EntityId entity, ActorRef<Replica.Command> replica) implements Command {}

  private enum Own implements Command {
    TICK
  }

  private record Entry(ActorRef<Replica.Command> replica, ReplicaHandle handle) {}

  private final ActorContext<Command> actor;
  private final Catalog catalog;
  private final ReplicaSettings settings;
  private final Function<EntityId, Consumer<StateEntity.Command>> entities;
  private final Receipts receipts;
  private final Missed missed;
  private final Fence fence;
  private final Supplier<Fence.View> view;
  private final Meters meters;
  private final Map<EntityId, Entry> open = new HashMap<>();
  private volatile int openNow;
  private volatile long bytesNow;
  private long serial;

  /**
   * {@code entities} gives the way to an entity, wherever in the cluster it lives; {@code view} is what the node sees of that
   * cluster.
   */
  public static Behavior<Command> create(
      Catalog catalog,
      ReplicaSettings settings,
      Function<EntityId, Consumer<StateEntity.Command>> entities,
      Receipts receipts,
      Missed missed,
      Supplier<Fence.View> view,
      Meters meters) {
    return Behaviors.setup(actor -> Behaviors.withTimers(timers ->
        new Replicas(actor, timers, catalog, settings, entities, receipts, missed, view, meters)));
  }

  private Replicas(
      ActorContext<Command> actor,
      TimerScheduler<Command> timers,
      Catalog catalog,
      ReplicaSettings settings,
      Function<EntityId, Consumer<StateEntity.Command>> entities,
      Receipts receipts,
      Missed missed,
      Supplier<Fence.View> view,
      Meters meters) {
    super(actor);
    this.actor = actor;
    this.catalog = catalog;
    this.settings = settings;
    this.entities = entities;
    this.receipts = receipts;
    this.missed = missed;
    this.view = view;
    this.fence = new Fence(settings.fence(), System.nanoTime());
    this.meters = meters;
    meters.gauge("holdfast.entities.open", "entities this node has a copy of", () -> openNow);
    meters.gauge("holdfast.replica.bytes", "encoded bytes of those copies", () -> bytesNow);
    meters.gauge(
        "holdfast.replica.fenced",
        "1 while this node does not take its copies for fresh",
        () -> fence.isOpen(System.nanoTime()) ? 0 : 1);
    timers.startTimerWithFixedDelay(Own.TICK, settings.tick());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(To.class, this::onTo)
        .onMessage(Idle.class, this::onIdle)
        .onMessageEquals(Own.TICK, this::onTick)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onTo(To to) {
    Entry entry = open.get(to.entity());
    boolean hit = entry != null && entry.handle().isLive();
    if (to.message() instanceof Replica.Get || to.message() instanceof Replica.Observe) {
      (hit ? meters.hits() : meters.misses()).increment();
    }
    if (entry == null) {
      entry = opened(to.entity());
    }
    entry.replica().tell(to.message());
    return this;
  }

  private Entry opened(EntityId entity) {
    ReplicaHandle handle = new ReplicaHandle();
    ReplicaContext context = new ReplicaContext(
        entity,
        catalog.kind(entity.kind()).orElseThrow(),
        settings,
        entities.apply(entity),
        handle,
        actor.getSelf(),
        receipts,
        missed,
        fence);
    ActorRef<Replica.Command> replica = actor.spawn(Replica.create(context), "r" + ++serial);
    actor.watch(replica);
    Entry entry = new Entry(replica, handle);
    open.put(entity, entry);
    openNow = open.size();
    return entry;
  }

  private Behavior<Command> onIdle(Idle idle) {
    Entry entry = open.get(idle.entity());
    if (entry != null
        && entry.replica().equals(idle.replica())
        && !entry.handle().isObserved()) {
      close(idle.entity(), entry);
    }
    return this;
  }

  /** From here on a new message opens a new replica; observers that were on their way to this one are told it is lost. */
  private void close(EntityId entity, Entry entry) {
    open.remove(entity);
    openNow = open.size();
    entry.replica().tell(Replica.Own.STOP);
  }

  private Behavior<Command> onTick() {
    fence.beat(System.nanoTime(), view.get());
    long total =
        open.values().stream().mapToLong(entry -> entry.handle().bytes()).sum();
    if (total > settings.budgetBytes()) {
      total = closeOldest(total);
    }
    bytesNow = total;
    return this;
  }

  private long closeOldest(long total) {
    List<Map.Entry<EntityId, Entry>> unused = open.entrySet().stream()
        .filter(entry -> !entry.getValue().handle().isObserved())
        .sorted(Comparator.comparingLong(entry -> entry.getValue().handle().usedAt()))
        .toList();
    long left = total;
    for (var entry : unused) {
      if (left <= settings.budgetBytes()) {
        break;
      }
      left -= entry.getValue().handle().bytes();
      close(entry.getKey(), entry.getValue());
    }
    return left;
  }

  private Behavior<Command> onTerminated(Terminated terminated) {
    open.values()
        .removeIf(entry -> entry.replica().path().equals(terminated.getRef().path()));
    openNow = open.size();
    return this;
  }
}
