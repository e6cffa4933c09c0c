package io.holdfast.auth;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Fetches a key set over HTTP: no redirects, 5 s and 256 KiB at most, on two threads of its own. */
final class KeySetFetch implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 256 * 1024;
  private static final int THREADS = 2;

  private final HttpRequest request;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, KeySetFetch::thread);
  private final HttpClient http = HttpClient.newBuilder()
      .executor(threads)
      .connectTimeout(CONNECT_TIMEOUT)
      .followRedirects(HttpClient.Redirect.NEVER)
      .build();

  KeySetFetch(URI url) {
    this.request = HttpRequest.newBuilder(url)
        .timeout(TIMEOUT)
        .header("Accept", "application/json")
        .build();
  }

  CompletableFuture<JWKSet> fetch() {
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request, info -> new BoundedBody(MOST_BYTES));
    return response
        .thenApply(KeySetFetch::parse)
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((keys, failure) -> response.cancel(true));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static JWKSet parse(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "key set: status %d (expected: 200)".formatted(response.statusCode()));
    }
    try {
      return JWKSet.parse(new String(response.body(), StandardCharsets.UTF_8));
    } catch (ParseException malformed) {
      throw new CompletionException(malformed);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "holdfast-key-set");
    thread.setDaemon(true);
    return thread;
  }
}
