package io.holdfast.acceptance;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** HTTP calls to one port. Header arguments are name, value, name, value, … */
public final class HttpCalls {
  static final HttpClient CLIENT = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(10))
      .build();

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final URI base;

  HttpCalls(URI base) {
    this.base = base;
  }

  /** What came back. */
  public record Answer(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    Json json() {
      return SingleQuotes.parsed(text());
    }

    /** A header's value, or nothing at all. */
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The error code of a problem document, or nothing at all. */
    String code() {
      boolean problem = header("Content-Type").startsWith("application/problem+json");
      return problem && json() instanceof JsonObject object
          ? ((JsonString) object.member("code").orElseThrow()).value()
          : "";
    }

    @Override
    public String toString() {
      return status() + " " + text();
    }
  }

  public Answer get(String path, String... headers) {
    return call("GET", path, BodyPublishers.noBody(), headers);
  }

  Answer delete(String path, String... headers) {
    return call("DELETE", path, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, String body, String... headers) {
    return call("POST", path, BodyPublishers.ofString(body), headers);
  }

  /** {@code body} in single quotes. */
  Answer put(String path, String body, String... headers) {
    return call("PUT", path, BodyPublishers.ofString(SingleQuotes.text(body)), headers);
  }

  /** A JSON Patch, in single quotes. */
  Answer patch(String path, String ops, String... headers) {
    return call(
        "PATCH",
        path,
        BodyPublishers.ofString(SingleQuotes.text(ops)),
        typed("json-patch", headers));
  }

  /** A merge patch, in single quotes. */
  Answer merge(String path, String patch, String... headers) {
    return call(
        "PATCH",
        path,
        BodyPublishers.ofString(SingleQuotes.text(patch)),
        typed("merge-patch", headers));
  }

  private static String[] typed(String type, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/" + type + "+json";
    return all;
  }

  Answer call(String method, String path, BodyPublisher body, String... headers) {
    try {
      return new Answer(
          CLIENT.send(request(method, path, body, headers), BodyHandlers.ofByteArray()));
    } catch (IOException failed) {
      throw new AssertionError(method + " " + path + ": " + failed, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(LONGEST).method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  /** Headers that say who calls. */
  static String[] as(String token, String... more) {
    String[] headers = java.util.Arrays.copyOf(more, more.length + 2);
    headers[more.length] = "Authorization";
    headers[more.length + 1] = "Bearer " + token;
    return headers;
  }
}
