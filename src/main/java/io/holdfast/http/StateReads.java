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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /v1/state/{kind}/{id}} in its variants. */
final class StateReads {
  private final Calls calls;
  private final History history;
  private final Freshness freshness;

  StateReads(Calls calls, History history, Freshness freshness) {
    this.calls = calls;
    this.history = history;
    this.freshness = freshness;
  }

  CompletionStage<HttpResponse> read(HttpRequest request, EntityId entity) {
    Optional<String> at = request.getUri().query().get("at");
    return calls.principal(request).thenCompose(who -> freshness
        .wanted(request, entity)
        .thenCompose(version -> calls.published(entity, version))
        .thenCompose(found -> at.isPresent()
            ? earlier(request, entity, who, found.document(), at.get())
            : CompletableFuture.completedFuture(
                checkedReply(request, entity, who, found.at(), found.document()))));
  }

  private CompletionStage<HttpResponse> earlier(
      HttpRequest request, EntityId entity, Principal who, Json now, String at) {
    calls.check(Right.READ, who, entity, now);
    calls.check(Right.HISTORY, who, entity, now);
    return earlier(entity, at)
        .thenApply(state -> reply(request, entity, state.position(), state.document()));
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
