package io.holdfast;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.UniqueAddress;
import akka.cluster.ddata.Key;
import akka.cluster.ddata.ORSet;
import akka.cluster.ddata.ORSetKey;
import akka.cluster.ddata.SelfUniqueAddress;
import akka.cluster.ddata.typed.javadsl.DistributedData;
import akka.cluster.ddata.typed.javadsl.Replicator;
import akka.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which nodes are being drained: each says it of itself, and all hear it. Thread-safe. */
final class Draining {
  private static final Key<ORSet<String>> KEY = ORSetKey.create("holdfast-draining");
  private static final Duration ALL_KNOW = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final ActorSystem<?> system;
  private final ActorRef<Command> replica;

  /** Incarnations, not addresses: a successor at the same address drains only when it says so itself. */
  private volatile Set<String> known = Set.of();

  private Draining(ActorContext<?> actor) {
    this.system = actor.getSystem();
    this.cluster = Cluster.get(system);
    this.replica = actor.spawn(replica(), "draining");
  }

  static Draining start(ActorContext<?> actor) {
    return new Draining(actor);
  }

  /** This node is to be left, until it ends; completes once the others know, or as many as could be told in time. */
  CompletionStage<Done> begin() {
    return AskPattern.ask(replica, Begin::new, ALL_KNOW.multipliedBy(2), system.scheduler());
  }

  /** The addresses of the members that drain. */
  Set<String> addresses() {
    Set<String> draining = known;
    return draining.isEmpty()
        ? Set.of()
        : members()
            .filter(node -> draining.contains(incarnation(node)))
            .map(node -> node.address().toString())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether there is anywhere to go. */
  boolean othersStay() {
    Set<String> draining = known;
    return members()
        .filter(node -> !node.equals(cluster.selfMember().uniqueAddress()))
        .anyMatch(node -> !draining.contains(incarnation(node)));
  }

  private Stream<UniqueAddress> members() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .map(member -> member.uniqueAddress());
  }

  private static String incarnation(UniqueAddress node) {
    return node.address() + "#" + node.longUid();
  }

  private Behavior<Command> replica() {
    return Behaviors.setup(actor -> DistributedData.withReplicatorMessageAdapter(
        (ReplicatorMessageAdapter<Command, ORSet<String>> replicator) ->
            new Replica(actor, replicator)));
  }

  private sealed interface Command {}

  private record Begin(ActorRef<Done> replyTo) implements Command {}

  private record Spread(ActorRef<Done> replyTo) implements Command {}

  private record Heard(Replicator.SubscribeResponse<ORSet<String>> news) implements Command {}

  /** This node's copy of the set. */
  private final class Replica extends AbstractBehavior<Command> {
    private final SelfUniqueAddress self = DistributedData.get(system).selfUniqueAddress();
    private final ReplicatorMessageAdapter<Command, ORSet<String>> replicator;

    Replica(
        ActorContext<Command> actor, ReplicatorMessageAdapter<Command, ORSet<String>> replicator) {
      super(actor);
      this.replicator = replicator;
      replicator.subscribe(KEY, Heard::new);
    }

    @Override
    public Receive<Command> createReceive() {
      return newReceiveBuilder()
          .onMessage(Begin.class, this::onBegin)
          .onMessage(Spread.class, this::onSpread)
          .onMessage(Heard.class, this::onHeard)
          .build();
    }

    private Behavior<Command> onBegin(Begin begin) {
      replicator.askUpdate(
          answer -> new Replicator.Update<>(
              KEY, ORSet.empty(), new Replicator.WriteAll(ALL_KNOW), answer, this::withSelf),
          spread -> new Spread(begin.replyTo()));
      return this;
    }

    /** Nodes that are gone are forgotten on this occasion. */
    private ORSet<String> withSelf(ORSet<String> before) {
      Set<String> here = members().map(Draining::incarnation).collect(Collectors.toSet());
      ORSet<String> after = before;
      for (String node : before.getElements()) {
        after = here.contains(node) ? after : after.remove(self, node);
      }
      return after.add(self, incarnation(self.uniqueAddress()));
    }

    private Behavior<Command> onSpread(Spread spread) {
      spread.replyTo().tell(Done.getInstance());
      return this;
    }

    private Behavior<Command> onHeard(Heard heard) {
      if (heard.news() instanceof Replicator.Changed<ORSet<String>> changed) {
        known = Set.copyOf(changed.get(KEY).getElements());
      }
      return this;
    }
  }
}
