package io.holdfast;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState;
import akka.cluster.sharding.typed.ClusterShardingQuery;
import akka.cluster.sharding.typed.GetShardRegionState;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.pattern.Patterns;
import io.holdfast.entity.StateEntity;
import io.holdfast.session.Sessions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves what lives on a node elsewhere: first its sessions, then its entities. */
final class Drain {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration STOP_REPLICAS = Duration.ofSeconds(2);
  private static final Duration MOVE_SHARDS = Duration.ofSeconds(12);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final ActorSystem<?> system;
  private final Sessions sessions;
  private final ActorRef<?> replicas;
  private final Draining draining;
  private final Duration most;

  /** {@code most} is the longest time over which sessions are told to go. */
  Drain(
      ActorSystem<?> system,
      Sessions sessions,
      ActorRef<?> replicas,
      Draining draining,
      Duration most) {
    this.system = system;
    this.sessions = sessions;
    this.replicas = replicas;
    this.draining = draining;
    this.most = most;
  }

  /**
   * On SIGTERM sessions are told first, and what they sent before is answered. Then the replicas go, whose messages would keep
   * sharding waiting; then the entities. All of that comes before the node leaves the cluster: the oldest node takes the
   * coordinator along, and while that has no home no shard can be given a new one.
   */
  void onShutdown() {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeServiceUnbind(), "drain-sessions", this::drainSessions);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeClusterShutdown(), "move-entities", () -> closeReplicas()
            .thenCompose(closed -> moveShards()));
  }

  /** Does both now, without stopping the node; completes when they are gone. */
  CompletionStage<Done> run() {
    return drainSessions().thenCompose(gone -> closeReplicas()).thenCompose(closed -> moveShards());
  }

  private CompletionStage<Done> drainSessions() {
    int told = sessions.size();
    LOG.info("drain: telling {} clients to go", told);
    return sessions.drain(most.toMillis()).thenApply(gone -> {
      LOG.info("drain: all clients are gone");
      return gone;
    });
  }

  private CompletionStage<Done> closeReplicas() {
    return Patterns.gracefulStop(Adapter.toClassic(replicas), STOP_REPLICAS)
        .thenApply(stopped -> Done.getInstance());
  }

  /** Completes when no shard is left here, none can go anywhere, or it has taken too long. */
  private CompletionStage<Done> moveShards() {
    long giveUpAt = System.nanoTime() + MOVE_SHARDS.toNanos();
    LOG.info("drain: moving the documents");
    return draining.begin().thenCompose(known -> awaitEmpty(giveUpAt)).thenApply(left -> {
      LOG.info("drain: moved, shards left here: {}", left);
      return Done.getInstance();
    });
  }

  private CompletionStage<Integer> awaitEmpty(long giveUpAt) {
    return shardsHere().thenCompose(shards -> {
      boolean over = shards == 0 || !draining.othersStay() || System.nanoTime() > giveUpAt;
      return over
          ? CompletableFuture.completedFuture(shards)
          : Patterns.after(
              LOOK_AGAIN,
              Adapter.toClassic(system).scheduler(),
              system.executionContext(),
              () -> awaitEmpty(giveUpAt));
    });
  }

  private CompletionStage<Integer> shardsHere() {
    return AskPattern.<ClusterShardingQuery, CurrentShardRegionState>ask(
            ClusterSharding.get(system).shardState(),
            answer -> new GetShardRegionState(StateEntity.KEY, answer),
            MOVE_SHARDS,
            system.scheduler())
        .thenApply(state -> state.getShards().size());
  }
}
