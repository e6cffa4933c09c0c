package io.holdfast.http;

import static akka.http.javadsl.server.PathMatchers.longSegment;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Complete;
import akka.http.javadsl.server.PathMatcher2;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.server.RouteResult;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Every route of the public port. */
public final class PublicRoutes extends AllDirectives {
  private static final PathMatcher2<String, String> ENTITY = segment().slash(segment());

  private final Calls calls;
  private final Bodies bodies;
  private final StateReads reads;
  private final StateWrites writes;
  private final HistoryCalls history;
  private final EventCalls events;
  private final SocketCall socket;
  private final KindCalls kinds;
  private final Pages pages;
  private final Origins origins;

  PublicRoutes(
      Calls calls,
      Bodies bodies,
      StateReads reads,
      StateWrites writes,
      HistoryCalls history,
      EventCalls events,
      SocketCall socket,
      KindCalls kinds,
      Pages pages,
      Origins origins) {
    this.calls = calls;
    this.bodies = bodies;
    this.reads = reads;
    this.writes = writes;
    this.history = history;
    this.events = events;
    this.socket = socket;
    this.kinds = kinds;
    this.pages = pages;
    this.origins = origins;
  }

  /** All routes, with refusals and crashes answered as problems. */
  public Route create() {
    return extractRequest(request -> mapRouteResultWith(
        answer -> inGoodOrder(request, answer),
        () -> mapResponse(
            response -> origins.marked(request, response),
            () -> Failures.answered(concat(guarded(request), pages.create(), nothingThere())))));
  }

  /** Whoever is answered may still be sending what nobody asked for. */
  private CompletionStage<RouteResult> inGoodOrder(HttpRequest request, RouteResult answer) {
    boolean ends = answer instanceof Complete complete
        && !complete.getResponse().status().equals(StatusCodes.SWITCHING_PROTOCOLS);
    return ends
        ? bodies.swallow(request).thenApply(done -> answer)
        : CompletableFuture.completedFuture(answer);
  }

  private Route guarded(HttpRequest request) {
    if (!origins.allows(request)) {
      return complete(Problem.of(
              ErrorCode.FORBIDDEN,
              "Origin or Host: not allowed (expected: this server's own or one of HOLDFAST_ORIGINS)")
          .toResponse());
    }
    return concat(
        options(() -> complete(origins.preflight())),
        pathPrefix("v1", () -> Failures.complete(api(), nothingThere())));
  }

  private Route api() {
    return concat(socket(), kind(), allKinds(), pathPrefix("state", this::state), invalidate());
  }

  /** {@code GET /v1/socket}: the WebSocket. */
  private Route socket() {
    return path(
        "socket", () -> get(() -> extractRequest(request -> complete(socket.upgrade(request)))));
  }

  /** {@code GET /v1/kinds}: all definitions. */
  private Route allKinds() {
    return path("kinds", () -> get(() -> complete(kinds.all())));
  }

  /** {@code GET /v1/kinds/{kind}}: one definition. */
  private Route kind() {
    return path(segment("kinds").slash(segment()), name -> get(() -> complete(kinds.one(name))));
  }

  /** {@code POST /v1/invalidate}: for source kinds, of which this node has none to fetch yet. */
  private Route invalidate() {
    return path(
        "invalidate",
        () -> post(() -> complete(
            Problem.notFound("sources: none served (expected: a source kind)").toResponse())));
  }

  private Route state() {
    return concat(document(), historyOf(), eventsOf(), receiptOf());
  }

  /** {@code GET|PATCH|PUT|DELETE /v1/state/{kind}/{id}}: the document. */
  private Route document() {
    return path(
        ENTITY,
        (kind, id) -> concat(
            get(() -> call(kind, id, reads::read)),
            patch(() -> call(kind, id, writes::patch)),
            put(() -> call(kind, id, writes::put)),
            delete(() -> call(kind, id, writes::delete))));
  }

  /** {@code GET …/history}: changes with who, when and ops. */
  private Route historyOf() {
    return path(ENTITY.slash("history"), (kind, id) -> get(() -> call(kind, id, history::history)));
  }

  /** {@code GET …/events}: Server-Sent Events. */
  private Route eventsOf() {
    return path(ENTITY.slash("events"), (kind, id) -> get(() -> call(kind, id, events::events)));
  }

  /** {@code GET …/receipts/{client}/{seq}}: what became of a command. */
  private Route receiptOf() {
    return pathPrefix(
        ENTITY,
        (kind, id) -> path(
            segment("receipts").slash(segment()).slash(longSegment()),
            (client, seq) -> get(() -> call(
                kind, id, (request, entity) -> history.receipt(request, entity, client, seq)))));
  }

  private Route call(
      String kind,
      String id,
      BiFunction<HttpRequest, EntityId, CompletionStage<HttpResponse>> call) {
    return extractRequest(
        request -> completeWithFuture(answer(() -> call.apply(request, calls.entity(kind, id)))));
  }

  private static CompletionStage<HttpResponse> answer(
      Supplier<CompletionStage<HttpResponse>> call) {
    try {
      return call.get();
    } catch (Problem refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private Route nothingThere() {
    return extractUri(uri ->
        complete(Problem.notFound("path: %s (expected: one of /openapi.json)".formatted(uri.path()))
            .toResponse()));
  }
}
