package io.holdfast.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which web pages may talk to the node: those it served itself and those of the allow-list; the same for sockets (which browsers
 * let any page open) and for calls (CORS, WHATWG Fetch). Programs send no Origin and are let through to their token.
 */
final class Origins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final HttpSettings settings;

  Origins(HttpSettings settings) {
    this.settings = settings;
  }

  /** Whether the page behind the request, if there is one, may make it. */
  boolean allows(HttpRequest request) {
    if (settings.loopbackOnly() && !LOOPBACK.contains(hostName(request))) {
      return false;
    }
    Optional<String> origin = origin(request);
    return origin.isEmpty()
        || settings.origins().contains(origin.get())
        || isOwn(request, origin.get());
  }

  private static boolean isOwn(HttpRequest request, String origin) {
    String host = host(request);
    return origin.equals("http://" + host) || origin.equals("https://" + host);
  }

  private static Optional<String> origin(HttpRequest request) {
    return request
        .getHeader("Origin")
        .map(HttpHeader::value)
        .map(text -> text.toLowerCase(Locale.ROOT));
  }

  private static String host(HttpRequest request) {
    return request.getHeader("Host").map(HttpHeader::value).orElse("").toLowerCase(Locale.ROOT);
  }

  private static String hostName(HttpRequest request) {
    return host(request).replaceFirst(":\\d+$", "");
  }

  /** The response with what lets the page read it. */
  HttpResponse marked(HttpRequest request, HttpResponse response) {
    Optional<String> origin = origin(request);
    if (origin.isEmpty() || !allows(request)) {
      return response;
    }
    return response.addHeaders(List.of(
        RawHeader.create("Access-Control-Allow-Origin", origin.get()),
        RawHeader.create("Access-Control-Expose-Headers", "ETag, Retry-After"),
        RawHeader.create("Vary", "Origin")));
  }

  /** The answer to a browser's question before a call. */
  HttpResponse preflight() {
    return HttpResponse.create()
        .withStatus(204)
        .addHeaders(List.of(
            RawHeader.create("Access-Control-Allow-Methods", "GET, PUT, PATCH, DELETE, POST"),
            RawHeader.create(
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID"),
            RawHeader.create("Access-Control-Max-Age", "600")));
  }
}
