package io.holdfast.http;

import akka.http.javadsl.model.HttpRequest;
import io.holdfast.protocol.EntityId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** How new the answer to a read has to be. */
final class Freshness {
  private final Function<EntityId, CompletionStage<Long>> committed;

  /** {@code committed} asks the journal how far the entity is. */
  Freshness(Function<EntityId, CompletionStage<Long>> committed) {
    this.committed = committed;
  }

  /** The version this node has to have before it may answer: {@code min-version}, with {@code consistency=strong} the newest. */
  CompletionStage<Long> wanted(HttpRequest request, EntityId entity) {
    long minVersion = Replies.number(request, "min-version").orElse(0L);
    boolean strong =
        request.getUri().query().get("consistency").map("strong"::equals).orElse(false);
    return strong
        ? committed.apply(entity).thenApply(version -> Math.max(version, minVersion))
        : CompletableFuture.completedFuture(minVersion);
  }
}
