package io.holdfast.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import io.holdfast.protocol.EntityId;
import io.holdfast.replica.History;
import io.holdfast.replica.Receipts;
import io.holdfast.session.Node;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Puts the public port's calls together. */
public final class PublicApi {
  private PublicApi() {}

  /** {@code committed} asks the journal how far an entity is, for strong reads. */
  public static Route routes(
      ActorSystem<?> system,
      Node node,
      HttpSettings settings,
      Function<EntityId, CompletionStage<Long>> committed,
      History history,
      Receipts receipts) {
    Calls calls = new Calls(node, settings);
    Origins origins = new Origins(settings);
    Bodies bodies = new Bodies(settings, Materializer.matFromSystem(system));
    return new PublicRoutes(
            calls,
            bodies,
            new StateReads(calls, history, new Freshness(committed)),
            new StateWrites(calls, bodies),
            new HistoryCalls(calls, history, receipts),
            new EventCalls(calls),
            new SocketCall(node, origins),
            new KindCalls(node.catalog()),
            new Pages(),
            origins)
        .create();
  }
}
