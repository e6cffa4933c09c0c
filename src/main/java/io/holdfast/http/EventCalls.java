package io.holdfast.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.holdfast.auth.Right;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import io.holdfast.session.ChangeFeed;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code GET …/events}: the entity as Server-Sent Events. */
final class EventCalls {
  private static final String EVENTS = "text/event-stream";
  private static final akka.http.javadsl.model.ContentType TYPE =
      ContentTypes.create(MediaTypes.TEXT_EVENT_STREAM);

  private final Calls calls;

  EventCalls(Calls calls) {
    this.calls = calls;
  }

  CompletionStage<HttpResponse> events(HttpRequest request, EntityId entity) {
    Optional<Position> known = Replies.header(request, "Last-Event-ID").flatMap(Position::parse);
    CompletionStage<HttpResponse> answer = calls.token(request).thenCompose(token -> calls
        .standing(token)
        .thenCompose(who -> calls.published(entity, 0).thenApply(found -> {
          calls.check(Right.READ, who, entity, found.document());
          return stream(Source.fromGraph(new ChangeFeed(calls.node(), entity, token, known)));
        })));
    return isEventSource(request) ? answer.exceptionally(EventCalls::comeBack) : answer;
  }

  /** What browsers' EventSource says, which gives up for good on any other status than 200. */
  private static boolean isEventSource(HttpRequest request) {
    return Replies.header(request, "Accept").filter(EVENTS::equals).isPresent();
  }

  private static HttpResponse comeBack(Throwable failed) {
    Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
    if (cause instanceof Problem problem && problem.isPassing()) {
      String why = String.valueOf(problem.getMessage()).replaceAll("\\R", " ");
      return stream(Source.single(ByteString.fromString(
          ": %s\n%s".formatted(why, ChangeFeed.comeBackIn(ChangeFeed.AGAIN_MS)))));
    }
    throw new CompletionException(cause);
  }

  private static HttpResponse stream(Source<ByteString, ?> events) {
    return HttpResponse.create()
        .withEntity(HttpEntities.createChunked(TYPE, events))
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
  }
}
