package io.holdfast.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import io.holdfast.auth.Right;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import io.holdfast.session.ChangeFeed;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code GET …/events}: the entity as Server-Sent Events. */
final class EventCalls {
  private static final akka.http.javadsl.model.ContentType TYPE =
      ContentTypes.create(MediaTypes.TEXT_EVENT_STREAM);

  private final Calls calls;

  EventCalls(Calls calls) {
    this.calls = calls;
  }

  CompletionStage<HttpResponse> events(HttpRequest request, EntityId entity) {
    Optional<Position> known = Replies.header(request, "Last-Event-ID").flatMap(Position::parse);
    return calls.token(request).thenCompose(token -> calls
        .standing(token)
        .thenCompose(who -> calls.published(entity, 0).thenApply(found -> {
          calls.check(Right.READ, who, entity, found.document());
          return stream(new ChangeFeed(calls.node(), entity, token, known));
        })));
  }

  private static HttpResponse stream(ChangeFeed feed) {
    return HttpResponse.create()
        .withEntity(HttpEntities.createChunked(TYPE, Source.fromGraph(feed)))
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .addHeader(RawHeader.create("X-Accel-Buffering", "no"));
  }
}
