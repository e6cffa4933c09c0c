package io.holdfast.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.holdfast.auth.Principal;
import io.holdfast.auth.Right;
import io.holdfast.document.Json;
import io.holdfast.document.PatchRefused;
import io.holdfast.document.Pointer;
import io.holdfast.entity.State;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.replica.History;
import io.holdfast.replica.Published;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code GET /v1/state/{kind}/{id}} in its variants. */
final class StateReads {
  private final Calls calls;
  private final History history;
  private final Function<EntityId, CompletionStage<Long>> committed;

  /** {@code committed} asks the journal how far the entity is. */
  StateReads(Calls calls, History history, Function<EntityId, CompletionStage<Long>> committed) {
    this.calls = calls;
    this.history = history;
    this.committed = committed;
  }

  CompletionStage<HttpResponse> read(HttpRequest request, EntityId entity) {
    long minVersion = Replies.number(request, "min-version").orElse(0L);
    return calls.principal(request).thenCompose(who -> calls
        .published(entity, minVersion)
        .thenCompose(found -> answer(request, entity, who, found)));
  }

  private CompletionStage<HttpResponse> answer(
      HttpRequest request, EntityId entity, Principal who, Published found) {
    Optional<String> at = request.getUri().query().get("at");
    if (at.isPresent()) {
      calls.check(Right.READ, who, entity, found.document());
      calls.check(Right.HISTORY, who, entity, found.document());
      return earlier(entity, at.get())
          .thenApply(state -> reply(request, entity, state.position(), state.document()));
    }
    boolean strong =
        request.getUri().query().get("consistency").map("strong"::equals).orElse(false);
    if (strong) {
      return committed
          .apply(entity)
          .thenCompose(version -> calls.published(entity, version))
          .thenApply(newest -> checkedReply(request, entity, who, newest.at(), newest.document()));
    }
    return java.util.concurrent.CompletableFuture.completedFuture(
        checkedReply(request, entity, who, found.at(), found.document()));
  }

  private CompletionStage<State> earlier(EntityId entity, String at) {
    if (at.chars().allMatch(c -> c >= '0' && c <= '9') && !at.isEmpty() && at.length() <= 15) {
      return history.at(entity, Long.parseLong(at));
    }
    try {
      return history.asOf(entity, Instant.parse(at).toEpochMilli());
    } catch (DateTimeParseException wrong) {
      throw Problem.of(
          ErrorCode.BAD_FRAME,
          "at: %s (expected: a version, or a time like 2026-01-31T12:00:00Z)".formatted(at));
    }
  }

  private HttpResponse checkedReply(
      HttpRequest request, EntityId entity, Principal who, Position at, Json document) {
    calls.check(Right.READ, who, entity, document);
    return reply(request, entity, at, document);
  }

  private static HttpResponse reply(
      HttpRequest request, EntityId entity, Position at, Json document) {
    Calls.checkExists(entity, at.version(), document);
    if (Replies.hasAlready(request, at)) {
      return Replies.notModified(at);
    }
    return Replies.document(at, part(request, document));
  }

  private static Json part(HttpRequest request, Json document) {
    Optional<String> pointer = request.getUri().query().get("pointer");
    if (pointer.isEmpty()) {
      return document;
    }
    try {
      return Pointer.parse(pointer.get())
          .in(document)
          .orElseThrow(() -> Problem.notFound(
              "pointer: %s (expected: one that leads somewhere)".formatted(pointer.get())));
    } catch (PatchRefused refused) {
      throw Problem.of(Refusal.of(refused));
    }
  }
}
