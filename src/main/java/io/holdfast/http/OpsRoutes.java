package io.holdfast.http;

import akka.Done;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.holdfast.journal.Quarantined;
import io.holdfast.session.Node;
import io.holdfast.telemetry.Meters;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Every route of the ops port: health for whoever runs the node, metrics for Prometheus. */
public final class OpsRoutes extends AllDirectives {
  private final Meters meters;
  private final BooleanSupplier ready;
  private final AdminCalls admin;

  private OpsRoutes(Meters meters, BooleanSupplier ready, AdminCalls admin) {
    this.meters = meters;
    this.ready = ready;
    this.admin = admin;
  }

  /**
   * The routes of {@code node}.
   *
   * @param loopback whether only this machine reaches the port, so that nobody has to show a token
   * @param drain moves sessions and entities off the node
   * @param quarantined the entities that are out of service
   */
  public static Route of(
      Node node,
      HttpSettings settings,
      boolean loopback,
      Supplier<CompletionStage<Done>> drain,
      Supplier<List<Quarantined>> quarantined) {
    AdminGate gate = new AdminGate(new Calls(node, settings), loopback);
    AdminCalls admin = new AdminCalls(gate, drain, new QuarantineCall(quarantined));
    return new OpsRoutes(node.meters(), () -> !node.sessions().isDraining(), admin).create();
  }

  private Route create() {
    Route seen =
        get(() -> concat(index(), metrics(), pathPrefix("health", () -> concat(live(), ready()))));
    return Failures.answered(concat(seen, admin.create()));
  }

  /** {@code GET /}: what is here. */
  private Route index() {
    return pathSingleSlash(
        () -> complete(
            text(
                "Holdfast ops port: /health/live /health/ready /metrics /admin/drain /admin/quarantine\n")));
  }

  /** {@code GET /metrics}: Prometheus text format. */
  private Route metrics() {
    return path("metrics", () -> complete(text(meters.scrape())));
  }

  /** {@code GET /health/live}: the process answers. */
  private Route live() {
    return path("live", () -> complete(text("alive\n")));
  }

  /** {@code GET /health/ready}: 200 while new clients are welcome, else 503. */
  private Route ready() {
    return path("ready", () -> complete(ready.getAsBoolean() ? text("ready\n") : notReady()));
  }

  private static HttpResponse notReady() {
    return text("not ready\n").withStatus(StatusCodes.SERVICE_UNAVAILABLE);
  }

  private static HttpResponse text(String text) {
    return HttpResponse.create().withEntity(ContentTypes.TEXT_PLAIN_UTF8, text);
  }
}
