package io.holdfast.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Op;
import io.holdfast.document.Patch;
import io.holdfast.document.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that speaks the HTTP API over documents in memory, and misbehaves when told to. */
final class FakeServer implements AutoCloseable {
  /** What goes wrong with one request. */
  enum Fault {
    NONE,
    DIES_BEFORE,
    DIES_AFTER,
    BUSY,
    UNAVAILABLE,
    QUARANTINED
  }

  final Map<String, FakeEntity> entities = new ConcurrentHashMap<>();
  final Map<String, JsonObject> kinds = new TreeMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final Deque<Fault> faults = new ArrayDeque<>();
  final Deque<Runnable> beforeWrites = new ArrayDeque<>();
  private final List<HttpExchange> observers = new CopyOnWriteArrayList<>();
  private ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer http;

  FakeServer() throws IOException {
    http = listen(0);
  }

  private HttpServer listen(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  FakeEntity entity(String name) {
    return entities.computeIfAbsent(name, key -> new FakeEntity());
  }

  /** A document that was there before the test. */
  FakeEntity given(String name, String document) throws Exception {
    FakeEntity entity = entity(name);
    Json value = JsonReader.read(document);
    entity.accept(value, new Patch(List.of(new Op.Add(Pointer.root(), value))), "setup");
    return entity;
  }

  /** Somebody else's change, told to all observers. */
  void change(String name, String by, String ops) {
    try {
      FakeEntity entity = entity(name);
      Patch patch = Patch.parse(JsonReader.read(ops));
      entity.accept(patch.applyTo(entity.document()), patch, by);
      for (HttpExchange observer : observers) {
        event(
            observer.getResponseBody(), entity, "changed", changed(name, entity, entity.version()));
      }
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  /** Ends all observations, as a crash does. */
  void dropObservers() {
    observers.forEach(HttpExchange::close);
    observers.clear();
  }

  int observers() {
    return observers.size();
  }

  /** Stops listening and comes back at the same port; documents and outcomes were on disk. */
  void restart() throws IOException {
    int port = http.getAddress().getPort();
    close();
    threads = Executors.newCachedThreadPool();
    http = listen(port);
  }

  @Override
  public void close() {
    dropObservers();
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    Fault fault;
    synchronized (faults) {
      fault = faults.isEmpty() ? Fault.NONE : faults.poll();
    }
    try {
      switch (fault) {
        case DIES_BEFORE -> exchange.close();
        case BUSY -> problem(
            exchange, 429, "overloaded", "commands: 201 a second (expected: ≤ 200)", "");
        case UNAVAILABLE -> problem(exchange, 503, "unavailable", "journal: no connection", "");
        case QUARANTINED -> problem(exchange, 503, "quarantined", "event 7: damaged", "");
        default -> route(exchange, fault);
      }
    } catch (FakeEntity.Refused refused) {
      problem(
          exchange,
          refused.status,
          refused.code,
          String.valueOf(refused.getMessage()),
          refused.pointer);
    } catch (Exception wrong) {
      problem(exchange, 500, "internal", String.valueOf(wrong), "");
    }
  }

  private void route(HttpExchange exchange, Fault fault) throws Exception {
    String path = exchange.getRequestURI().getPath();
    String[] parts = path.split("/", -1);
    if (path.equals("/v1/kinds")) {
      json(
          exchange,
          200,
          "",
          JsonObject.empty().with("kinds", JsonArray.of(List.copyOf(kinds.values()))));
    } else if (path.startsWith("/v1/kinds/")) {
      kind(exchange, parts[3]);
    } else if (parts.length == 5) {
      document(exchange, parts[3] + "/" + parts[4], fault);
    } else if (parts[5].equals("history")) {
      history(exchange, entity(parts[3] + "/" + parts[4]));
    } else if (parts[5].equals("events")) {
      events(exchange, parts[3] + "/" + parts[4]);
    } else {
      receipt(exchange, parts[6]);
    }
  }

  private void kind(HttpExchange exchange, String name) throws Exception {
    JsonObject kind = kinds.get(name);
    if (kind == null) {
      throw new FakeEntity.Refused(
          404, "unknown-kind", "kind: " + name + " (expected: one of " + kinds.keySet() + ")", "");
    }
    json(exchange, 200, "", kind);
  }

  private void document(HttpExchange exchange, String name, Fault fault) throws Exception {
    if ("Bearer mallory".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      throw new FakeEntity.Refused(403, "forbidden", "read: mallory (expected: role:admin)", "");
    }
    if (exchange.getRequestMethod().equals("GET")) {
      read(exchange, entity(name));
      return;
    }
    if (!beforeWrites.isEmpty()) {
      beforeWrites.poll().run();
    }
    FakeEntity entity = entity(name);
    int version = entity.submit(
        header(exchange, "Idempotency-Key"),
        header(exchange, "If-Match"),
        header(exchange, "If-None-Match"),
        patch(exchange),
        "alice");
    if (fault == Fault.DIES_AFTER) {
      exchange.close();
      return;
    }
    String etag = "\"" + entity.epoch + "." + version + "\"";
    json(exchange, 200, etag, JsonObject.empty().with("version", JsonNumber.of(version)));
  }

  private static Patch patch(HttpExchange exchange) throws Exception {
    byte[] body = exchange.getRequestBody().readAllBytes();
    return switch (exchange.getRequestMethod()) {
      case "PUT" -> new Patch(List.of(
          new Op.Add(Pointer.root(), JsonReader.read(new String(body, StandardCharsets.UTF_8)))));
      case "DELETE" -> new Patch(List.of(new Op.Remove(Pointer.root())));
      default -> Patch.parse(JsonReader.read(new String(body, StandardCharsets.UTF_8)));
    };
  }

  private static void read(HttpExchange exchange, FakeEntity entity) throws Exception {
    Map<String, String> query = query(exchange);
    int at = query.containsKey("at") ? Integer.parseInt(query.get("at")) : entity.version();
    Json document = entity.documents.get(at);
    if (document == io.holdfast.document.JsonNull.NULL) {
      throw new FakeEntity.Refused(404, "no-such-path", "document: none", "");
    }
    String pointer = query.getOrDefault("pointer", "");
    Json part = Pointer.parse(pointer)
        .in(document)
        .orElseThrow(
            () -> new FakeEntity.Refused(404, "no-such-path", "path: nothing there", pointer));
    json(exchange, 200, "\"" + entity.epoch + "." + at + "\"", part);
  }

  private static void history(HttpExchange exchange, FakeEntity entity) throws IOException {
    Map<String, String> query = query(exchange);
    int from = Integer.parseInt(query.getOrDefault("from", "1"));
    int to = Integer.parseInt(query.getOrDefault("to", "1000000"));
    int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
    List<JsonObject> page = entity.changes.stream()
        .skip(from - 1)
        .limit(Math.max(0, Math.min(limit, to - from + 1L)))
        .toList();
    json(exchange, 200, "", JsonObject.empty().with("changes", JsonArray.of(page)));
  }

  private static void receipt(HttpExchange exchange, String client) throws Exception {
    if (client.equals("nobody")) {
      throw new FakeEntity.Refused(404, "no-such-path", "receipt: none", "");
    }
    json(
        exchange,
        200,
        "",
        JsonObject.empty()
            .with("outcome", JsonString.of("accepted"))
            .with("version", JsonNumber.of(7)));
  }

  private void events(HttpExchange exchange, String name) throws IOException {
    FakeEntity entity = entity(name);
    String last = header(exchange, "Last-Event-ID");
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (last.startsWith(entity.epoch + ".")) {
      for (int v = Integer.parseInt(last.substring(last.indexOf('.') + 1)) + 1;
          v <= entity.version();
          v++) {
        event(out, entity, "changed", changed(name, entity, v));
      }
    } else {
      JsonObject state = frame("state", name)
          .with("epoch", JsonNumber.of((double) entity.epoch))
          .with("version", JsonNumber.of(entity.version()))
          .with("doc", entity.document());
      event(out, entity, "state", state);
    }
    observers.add(exchange);
  }

  private static JsonObject changed(String name, FakeEntity entity, int version) {
    JsonObject change = entity.changes.get(version - 1);
    return frame("changed", name)
        .with("from", JsonNumber.of(version - 1))
        .with("version", JsonNumber.of(version))
        .with("ops", change.member("ops").orElseThrow())
        .with("changes", JsonArray.of(List.of(change.without("ops"))));
  }

  private static JsonObject frame(String t, String name) {
    return JsonObject.empty().with("t", JsonString.of(t)).with("entity", JsonString.of(name));
  }

  private static void event(OutputStream out, FakeEntity entity, String name, JsonObject frame)
      throws IOException {
    long version = Reading.number(frame, "version").orElseThrow();
    String text = ": hello\r\nevent: %s\nid: %d.%d\ndata: %s\n\n"
        .formatted(name, entity.epoch, version, JsonWriter.text(frame));
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void problem(
      HttpExchange exchange, int status, String code, String detail, String pointer)
      throws IOException {
    if (status == 429 || status == 503) {
      exchange.getResponseHeaders().set("Retry-After", "0");
    }
    JsonObject problem = JsonObject.empty()
        .with("code", JsonString.of(code))
        .with("detail", JsonString.of(detail))
        .with("status", JsonNumber.of(status));
    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    json(
        exchange,
        status,
        "",
        pointer.isEmpty() ? problem : problem.with("pointer", JsonString.of(pointer)));
  }

  private static void json(HttpExchange exchange, int status, String etag, Json body)
      throws IOException {
    if (!etag.isEmpty()) {
      exchange.getResponseHeaders().set("ETag", etag);
    }
    byte[] bytes = JsonWriter.canonical(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String text = exchange.getRequestURI().getQuery();
    for (String pair :
        text == null ? List.<String>of() : new ArrayList<>(List.of(text.split("&")))) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }
}
