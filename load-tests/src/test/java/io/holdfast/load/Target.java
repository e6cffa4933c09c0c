package io.holdfast.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What is tested: a server that runs already ({@code -Dholdfast.url}), or a node started for the occasion. */
final class Target implements AutoCloseable {
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  private final String url;
  private final String kind;
  private final Optional<Node> node;
  private final HttpClient http = HttpClient.newHttpClient();

  private Target(String url, String kind, Optional<Node> node) {
    this.url = url;
    this.kind = kind;
    this.node = node;
  }

  static Target fromProperties() {
    String url = System.getProperty("holdfast.url", "").replaceAll("/+$", "");
    if (!url.isEmpty()) {
      return new Target(url, System.getProperty("holdfast.kind", "board"), Optional.empty());
    }
    Node node = Node.start();
    return new Target(node.url(), Node.KIND, Optional.of(node));
  }

  /** {@code http://host:port}. */
  String url() {
    return url;
  }

  String socketUrl() {
    return url.replaceFirst("^http", "ws");
  }

  String kind() {
    return kind;
  }

  /** Bearer token; empty for none. */
  static String token() {
    return System.getProperty("holdfast.token", "");
  }

  /** Creates or replaces a document before the users come; waits for a server that is still warming up. */
  void put(String entity, String document) {
    HttpRequest request = putRequest(entity, document);
    long deadline = System.nanoTime() + WARM_UP.toNanos();
    HttpResponse<String> response = send(request);
    while (response.statusCode() == 503 && System.nanoTime() < deadline) {
      Pause.of(
          Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)));
      response = send(request);
    }
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException("PUT %s: %d %s (expected: 2xx)"
          .formatted(entity, response.statusCode(), response.body()));
    }
  }

  private HttpRequest putRequest(String entity, String document) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/v1/state/" + entity))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "load-" + entity.replace('/', '-'))
        .PUT(HttpRequest.BodyPublishers.ofString(document));
    return token().isEmpty()
        ? request.build()
        : request.header("Authorization", "Bearer " + token()).build();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException unreachable) {
      throw new IllegalStateException(url + ": unreachable", unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    node.ifPresent(Node::close);
  }
}
