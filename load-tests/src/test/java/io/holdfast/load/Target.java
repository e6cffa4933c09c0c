package io.holdfast.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What is tested: a server that runs already ({@code -Dholdfast.url}), or a node started for the occasion. */
final class Target implements AutoCloseable {
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

  /** Creates or replaces a document before the users come. */
  void put(String entity, String document) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/v1/state/" + entity))
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString(document));
    if (!token().isEmpty()) {
      request.header("Authorization", "Bearer " + token());
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException("PUT %s: %d %s (expected: 2xx)"
            .formatted(entity, response.statusCode(), response.body()));
      }
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
