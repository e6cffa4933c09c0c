package io.holdfast;

import akka.Done;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.entity.Catalog;
import io.holdfast.entity.StateEntity;
import io.holdfast.protocol.EntityId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sharding and the journal take a moment to come up; a node serves once an entity has answered. */
final class FirstAnswer {
  private static final Duration ASK = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofSeconds(60);

  private FirstAnswer() {}

  /** Completes with it; fails where none comes for a minute. */
  static CompletionStage<Done> of(ClusterSharding sharding, Catalog catalog) {
    Optional<EntityId> probe = catalog.all().stream()
        .findFirst()
        .flatMap(kind -> EntityId.of(kind.kind().name(), "~first-answer"));
    return probe.isEmpty()
        ? CompletableFuture.completedFuture(Done.getInstance())
        : await(sharding, probe.get(), System.nanoTime() + MOST.toNanos());
  }

  private static CompletionStage<Done> await(
      ClusterSharding sharding, EntityId entity, long giveUpAt) {
    return sharding
        .entityRefFor(StateEntity.KEY, entity.toString())
        .ask(StateEntity.Read::new, ASK)
        .thenApply(answer -> Done.getInstance())
        .exceptionallyCompose(late -> System.nanoTime() > giveUpAt
            ? CompletableFuture.failedFuture(late)
            : await(sharding, entity, giveUpAt));
  }
}
