package io.holdfast.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One WebSocket: says frames in order, hands on what it hears, and tells its end once. */
final class Wire implements WebSocket.Listener {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final String name;
  private final BiConsumer<Wire, String> heard;
  private final Consumer<Wire> ended;
  private final StringBuilder text = new StringBuilder();
  private final AtomicBoolean over = new AtomicBoolean();
  private final long since = System.nanoTime();
  private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
  private CompletableFuture<WebSocket> said = opened;
  private volatile long heardAt = since;
  private volatile long saidAt = since;

  private Wire(String name, BiConsumer<Wire, String> heard, Consumer<Wire> ended) {
    this.name = name;
    this.heard = heard;
    this.ended = ended;
  }

  /** Begins to connect; what is said before that is done is said then. */
  static Wire to(
      HttpClient http,
      URI node,
      String name,
      BiConsumer<Wire, String> heard,
      Consumer<Wire> ended) {
    Wire wire = new Wire(name, heard, ended);
    http.newWebSocketBuilder()
        .subprotocols("holdfast.v1")
        .connectTimeout(CONNECT)
        .buildAsync(URI.create("ws" + node.toString().substring(4) + "/v1/socket"), wire)
        .whenComplete(wire::onConnected);
    return wire;
  }

  private void onConnected(@Nullable WebSocket socket, @Nullable Throwable failed) {
    if (socket == null) {
      end();
    } else if (!opened.complete(socket)) {
      socket.abort();
    }
  }

  /** Whether its end was told. */
  boolean isOver() {
    return over.get();
  }

  /** Unique among all connections of a run. */
  String name() {
    return name;
  }

  /** Says one frame after those before it. */
  synchronized void say(String frame) {
    saidAt = System.nanoTime();
    said = said.thenCompose(socket -> socket.sendText(frame, true));
    said.whenComplete((socket, failed) -> {
      if (failed != null) {
        end();
      }
    });
  }

  long silentNanos() {
    return System.nanoTime() - heardAt;
  }

  long quietNanos() {
    return System.nanoTime() - saidAt;
  }

  long lastedNanos() {
    return heardAt - since;
  }

  /** Ends it without a close frame. */
  void abort() {
    opened.thenAccept(WebSocket::abort);
    end();
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      opened.cancel(false);
      ended.accept(this);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    heardAt = System.nanoTime();
    text.append(part);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      if (!over.get()) {
        heard.accept(this, frame);
      }
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    end();
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failed) {
    end();
  }
}
