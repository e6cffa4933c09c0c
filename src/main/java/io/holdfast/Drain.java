package io.holdfast;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ShardRegion;
import akka.pattern.Patterns;
import io.holdfast.entity.StateEntity;
import io.holdfast.session.Sessions;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Moves what lives on a node elsewhere: first its sessions, then its entities. */
final class Drain {
  private static final Duration HAND_OVER = Duration.ofSeconds(30);

  private final ActorSystem<?> system;
  private final Sessions sessions;
  private final ActorRef<?> replicas;
  private final Duration most;

  /** {@code most} is the longest time over which sessions are told to go. */
  Drain(ActorSystem<?> system, Sessions sessions, ActorRef<?> replicas, Duration most) {
    this.system = system;
    this.sessions = sessions;
    this.replicas = replicas;
    this.most = most;
  }

  /**
   * On SIGTERM sessions are told first, and what they sent before is answered. Then the replicas go, whose messages would keep
   * sharding waiting; Akka's next phase hands over the entities.
   */
  void onShutdown() {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
        "drain-sessions",
        () -> sessions.drain(most.toMillis()));
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeClusterShutdown(), "close-replicas", this::closeReplicas);
  }

  /** Does both now, without stopping the node; completes when they are gone. */
  CompletionStage<Done> run() {
    return sessions
        .drain(most.toMillis())
        .thenCompose(gone -> closeReplicas())
        .thenCompose(closed -> handOver());
  }

  private CompletionStage<Done> closeReplicas() {
    return Patterns.gracefulStop(Adapter.toClassic(replicas), HAND_OVER)
        .thenApply(stopped -> Done.getInstance());
  }

  private CompletionStage<Done> handOver() {
    var classic = Adapter.toClassic(system);
    var region = ClusterSharding.get(classic).shardRegion(StateEntity.KEY.name());
    return Patterns.gracefulStop(region, HAND_OVER, ShardRegion.gracefulShutdownInstance())
        .thenApply(stopped -> Done.getInstance());
  }
}
