package io.holdfast.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import io.holdfast.auth.Principal;
import io.holdfast.auth.Right;
import io.holdfast.auth.Standing;
import io.holdfast.auth.TokenRefused;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.entity.EntityKind;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.replica.Published;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Replicas;
import io.holdfast.session.Node;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What every call begins with: who asks, which entity, what it holds, and whether that may be seen. */
final class Calls {
  private static final String BEARER = "Bearer ";

  private final Node node;
  private final HttpSettings settings;

  Calls(Node node, HttpSettings settings) {
    this.node = node;
    this.settings = settings;
  }

  Node node() {
    return node;
  }

  EntityId entity(String kind, String id) {
    EntityId entity = EntityId.of(kind, id)
        .orElseThrow(() -> Problem.of(
            ErrorCode.BAD_ENTITY,
            "entity: not a name (expected: kind/id, id of 1–120 letters, digits or . _ ~ : -)"));
    kind(entity);
    return entity;
  }

  EntityKind kind(EntityId entity) {
    return node.catalog()
        .kind(entity.kind())
        .orElseThrow(() -> Problem.of(
            ErrorCode.UNKNOWN_KIND,
            "kind: %s (expected: one of GET /v1/kinds)".formatted(entity.kind())));
  }

  /** Who asks, with what the subject's {@code auth} entity adds. */
  CompletionStage<Principal> principal(HttpRequest request) {
    return token(request).thenCompose(this::standing);
  }

  /** Who the token says asks. */
  CompletionStage<Principal> token(HttpRequest request) {
    Optional<String> token;
    try {
      token = request.getHeader("Authorization").map(HttpHeader::value).map(Calls::bearer);
    } catch (Problem refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return node.tokens().verify(token).handle(Calls::verified);
  }

  private static String bearer(String header) {
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Problem.of(
          ErrorCode.UNAUTHENTICATED, "Authorization: not a bearer token (expected: Bearer TOKEN)");
    }
    return header.substring(BEARER.length()).trim();
  }

  private static Principal verified(Principal principal, Throwable failed) {
    if (failed == null) {
      return principal;
    }
    Throwable cause = failed instanceof CompletionException && failed.getCause() != null
        ? failed.getCause()
        : failed;
    if (cause instanceof TokenRefused token && !token.isForNow()) {
      throw Problem.of(ErrorCode.UNAUTHENTICATED, String.valueOf(cause.getMessage()));
    }
    throw Problem.of(
        ErrorCode.UNAVAILABLE, "token: cannot be checked now (expected: the key set to answer)");
  }

  /** {@code principal} with what its {@code auth} entity adds. */
  CompletionStage<Principal> standing(Principal principal) {
    Optional<EntityId> entity = EntityId.of("auth", principal.subject());
    if (principal.isAnonymous()
        || entity.isEmpty()
        || node.catalog().kind("auth").isEmpty()) {
      return CompletableFuture.completedFuture(principal);
    }
    return published(entity.get(), 0)
        .thenApply(auth -> in(principal, Standing.of(auth.document())));
  }

  private static Principal in(Principal principal, Standing standing) {
    if (standing.revokes(principal)) {
      throw Problem.of(ErrorCode.UNAUTHENTICATED, "token: revoked (expected: one issued later)");
    }
    return principal.in(standing);
  }

  /** What this node has, once it has {@code minVersion}. */
  CompletionStage<Published> published(EntityId entity, long minVersion) {
    CompletableFuture<Published> found = new CompletableFuture<>();
    long giveUpAt = System.nanoTime() + settings.readTimeout().toNanos();
    Replica.Get get = new Replica.Get(
        minVersion, found::complete, why -> found.completeExceptionally(Problem.of(why)), giveUpAt);
    node.replicas().tell(new Replicas.To(entity, get));
    return found
        .orTimeout(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(Calls::late);
  }

  private static Published late(Throwable failed) {
    if (failed instanceof TimeoutException) {
      throw Problem.of(ErrorCode.UNAVAILABLE, "entity: no answer in time (expected: ask again)");
    }
    throw new CompletionException(failed);
  }

  /** Refuses unless {@code principal} has {@code right} on a document that holds {@code document}. */
  void check(Right right, Principal principal, EntityId entity, Json document) {
    if (!kind(entity).access().allows(right, principal, entity.id(), document)) {
      throw Problem.of(
          principal.isAnonymous() ? ErrorCode.UNAUTHENTICATED : ErrorCode.FORBIDDEN,
          "access: %s may not %s %s (expected: a right the kind gives)"
              .formatted(
                  principal.subject(), right.name().toLowerCase(java.util.Locale.ROOT), entity));
    }
  }

  /** Refuses unless the document exists. */
  static void checkExists(EntityId entity, long version, Json document) {
    if (version == 0 || document == JsonNull.NULL) {
      throw Problem.notFound(
          "document: %s is not there (expected: one that was created)".formatted(entity));
    }
  }
}
