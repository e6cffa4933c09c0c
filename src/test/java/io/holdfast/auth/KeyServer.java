package io.holdfast.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider's key set on loopback, which can rotate keys, fail, hang and talk nonsense. */
final class KeyServer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile byte[] body = {};
  private volatile int status = 200;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  KeyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort()));
  }

  int requests() {
    return requests.get();
  }

  void serve(JWK... keys) {
    status = 200;
    text(new JWKSet(List.of(keys)).toString());
  }

  void text(String content) {
    body = content.getBytes(StandardCharsets.UTF_8);
  }

  void fail(int with) {
    status = with;
  }

  /** Answers nobody until the latch is open. */
  void hold(CountDownLatch until) {
    gate = until;
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      gate.await();
      if (status / 100 == 3) {
        exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
      }
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
