package io.holdfast.http;

import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.util.List;

/**
 * What browsers fetch: the page at {@code /}, the client, the contract. Names stay the same from release to release, so browsers
 * ask whether their copy is still good: a page is never made of two releases, whichever node answers.
 */
final class Pages extends AllDirectives {
  private static final List<RawHeader> SAFE = List.of(
      RawHeader.create(
          "Content-Security-Policy",
          "default-src 'self'; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
      RawHeader.create("X-Content-Type-Options", "nosniff"),
      RawHeader.create("Referrer-Policy", "no-referrer"),
      RawHeader.create("Cache-Control", "no-cache"),
      RawHeader.create("Vary", "Accept-Encoding"));

  Route create() {
    return get(() -> mapResponse(
        response -> response.addHeaders(List.copyOf(SAFE)),
        () -> encodeResponse(() -> concat(page(), contract()))));
  }

  private Route page() {
    return concat(
        pathSingleSlash(() -> getFromResource("web/index.html")),
        path("client.js", () -> getFromResource("web/client.js")),
        path("app.js", () -> getFromResource("web/app.js")),
        path("style.css", () -> getFromResource("web/style.css")),
        path("icon.svg", () -> getFromResource("web/icon.svg")));
  }

  private Route contract() {
    return concat(
        path("openapi.json", () -> getFromResource("contract/openapi.json")),
        path("asyncapi.json", () -> getFromResource("contract/asyncapi.json")));
  }
}
