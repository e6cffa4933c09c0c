package io.holdfast.http;

import akka.Done;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What an operator asks of a node: {@code /admin/…} on the ops port. */
public final class AdminCalls extends AllDirectives {
  private final AdminGate gate;
  private final Supplier<CompletionStage<Done>> drain;
  private final QuarantineCall quarantine;

  /** {@code drain} moves sessions and entities off this node. */
  AdminCalls(AdminGate gate, Supplier<CompletionStage<Done>> drain, QuarantineCall quarantine) {
    this.gate = gate;
    this.drain = drain;
    this.quarantine = quarantine;
  }

  Route create() {
    return pathPrefix("admin", () -> concat(drain(), quarantine()));
  }

  /** {@code GET /admin/quarantine}: the entities whose stored data is damaged, newest first. */
  private Route quarantine() {
    return path(
        "quarantine",
        () -> get(() -> extractRequest(request ->
            completeWithFuture(gate.pass(request).thenApply(who -> quarantine.list())))));
  }

  /** {@code POST /admin/drain}: not ready from now on, sessions and entities go elsewhere; answers when they are gone. */
  private Route drain() {
    return path(
        "drain",
        () -> post(() -> extractRequest(request -> completeWithFuture(gate.pass(request)
            .thenCompose(who -> drain.get())
            .thenApply(done -> HttpResponse.create()
                .withEntity(ContentTypes.APPLICATION_JSON, "{\"drained\":true}\n"))))));
  }
}
