package io.holdfast.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A WebSocket that says what it is told to and remembers all it hears. */
final class WireClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Ear ear = new Ear();
  private final WebSocket socket;
  private String name = "";

  private WireClient(int port, String... headers)
      throws ExecutionException, InterruptedException, TimeoutException {
    WebSocket.Builder builder = HttpCalls.CLIENT.newWebSocketBuilder().subprotocols("holdfast.v1");
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI url = URI.create("ws://127.0.0.1:" + port + "/v1/socket");
    this.socket = builder.buildAsync(url, ear).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  static WireClient to(int port, String... headers) {
    try {
      return new WireClient(port, headers);
    } catch (ExecutionException | TimeoutException failed) {
      throw new Disconnected("no connection: " + failed, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Sends one frame, written in single quotes. */
  WireClient say(String frame) {
    return sayExactly(SingleQuotes.text(frame));
  }

  synchronized WireClient sayExactly(String text) {
    try {
      socket.sendText(text, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return this;
    } catch (ExecutionException | TimeoutException failed) {
      throw new Disconnected("not sent: " + failed, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Says hello and waits for the welcome. */
  ServerFrame hello(String client, String token) {
    name = client;
    say("{'t':'hello','client':'%s','token':'%s'}".formatted(client, token));
    return await("welcome");
  }

  /** Opens {@code entity} and waits for its state. */
  ServerFrame open(String entity) {
    say("{'t':'open','entity':'%s'}".formatted(entity));
    return await(frame -> frame.is("state", entity));
  }

  /** Sends a command, {@code ops} in single quotes. */
  WireClient mutate(String entity, long seq, String ops) {
    return mutate(entity, seq, seq - 1, ops);
  }

  WireClient mutate(String entity, long seq, long after, String ops) {
    return say("{'t':'mutate','entity':'%s','seq':%d,'after':%d,'ops':%s}"
        .formatted(entity, seq, after, ops));
  }

  /** The next frame of that name; those before it are passed over. */
  ServerFrame await(String t) {
    return await(frame -> frame.t().equals(t));
  }

  /** The next frame, of whatever sort. */
  ServerFrame next() {
    return next(PATIENCE);
  }

  /** The same for those who expect long silence. */
  ServerFrame next(Duration patience) {
    return ear.await(frame -> true, patience);
  }

  /** The next frame of that sort; those before it are passed over. */
  ServerFrame await(Predicate<ServerFrame> sort) {
    return ear.await(sort, PATIENCE);
  }

  /** What became of a command: {@code accepted}, {@code refused}, or the {@code changed} that lists it. */
  ServerFrame receipt(String entity, long seq) {
    return await(
        frame -> frame.has("entity") && frame.text("entity").equals(entity) && decides(frame, seq));
  }

  private boolean decides(ServerFrame frame, long seq) {
    if (frame.t().equals("changed")) {
      return frame.changes().stream()
          .anyMatch(c -> c.text("client").equals(name) && c.number("seq") == seq);
    }
    return frame.has("seq") && frame.number("seq") == seq;
  }

  /** Waits until the server has answered all that was said so far and for which it owes an answer at once. */
  void catchUp() {
    String n = Names.fresh("n");
    say("{'t':'ping','n':'%s'}".formatted(n));
    await(frame -> frame.t().equals("pong") && frame.text("n").equals(n));
  }

  /** All frames so far. */
  List<ServerFrame> heard() {
    return ear.heard();
  }

  /** Frames of that name so far. */
  List<ServerFrame> heard(String t) {
    return ear.heard().stream().filter(frame -> frame.t().equals(t)).toList();
  }

  /** Waits until the server closed the socket; how it did, as a close code, 1006 if without one. */
  int awaitClose() {
    try {
      return ear.closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new AssertionError("not closed: heard " + heard(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  boolean isClosed() {
    return ear.closed.isDone();
  }

  @Override
  public void close() {
    socket.abort();
    ear.end(Ear.WITHOUT_CLOSE);
  }

  /** Gathers fragments into frames. */
  private static final class Ear implements WebSocket.Listener {
    private static final int WITHOUT_CLOSE = 1006;

    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final List<ServerFrame> frames = new ArrayList<>();
    private int passed;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        add(ServerFrame.parse(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private synchronized void add(ServerFrame frame) {
      frames.add(frame);
      notifyAll();
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failed) {
      end(failed instanceof IOException ? WITHOUT_CLOSE : -1);
    }

    private synchronized void end(int code) {
      closed.complete(code);
      notifyAll();
    }

    synchronized List<ServerFrame> heard() {
      return List.copyOf(frames);
    }

    synchronized ServerFrame await(Predicate<ServerFrame> sort, Duration patience) {
      long until = System.nanoTime() + patience.toNanos();
      while (true) {
        while (passed < frames.size()) {
          ServerFrame next = frames.get(passed++);
          if (sort.test(next)) {
            return next;
          }
        }
        waitUntil(until);
      }
    }

    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
    private void waitUntil(long until) {
      if (closed.isDone()) {
        throw new Disconnected("ended; heard " + frames);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "did not come; heard " + frames + (closed.isDone() ? " and then the end" : ""));
      }
      try {
        wait(left);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }
}
