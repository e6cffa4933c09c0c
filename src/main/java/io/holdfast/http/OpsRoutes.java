package io.holdfast.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.holdfast.journal.Quarantined;
import io.holdfast.telemetry.Meters;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Every route of the ops port: health for whoever runs the node, metrics for Prometheus. */
public final class OpsRoutes extends AllDirectives {
  private final Meters meters;
  private final BooleanSupplier ready;
  private final QuarantineCall quarantine;

  /** {@code ready} says whether new clients should be sent here, {@code quarantined} which entities are out of service. */
  public OpsRoutes(Meters meters, BooleanSupplier ready, Supplier<List<Quarantined>> quarantined) {
    this.meters = meters;
    this.ready = ready;
    this.quarantine = new QuarantineCall(quarantined);
  }

  public Route create() {
    return Failures.answered(get(() -> concat(
        index(),
        metrics(),
        pathPrefix("health", () -> concat(live(), ready())),
        path(segment("admin").slash("quarantine"), quarantine::route))));
  }

  /** {@code GET /}: what is here. */
  private Route index() {
    return pathSingleSlash(() -> complete(
        text("Holdfast ops port: /health/live /health/ready /metrics /admin/quarantine\n")));
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
