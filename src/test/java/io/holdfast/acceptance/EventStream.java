package io.holdfast.acceptance;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Server-Sent Events (WHATWG HTML, section 9.2) as a browser's EventSource reads them. */
final class EventStream implements AutoCloseable {
  private static final Event END = new Event("(end)", "", "");

  private final HttpResponse<Stream<String>> response;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private volatile OptionalLong retry = OptionalLong.empty();

  /** One event. */
  record Event(String name, String id, String data) {
    ServerFrame frame() {
      return ServerFrame.parse(data);
    }
  }

  private EventStream(HttpResponse<Stream<String>> response) {
    this.response = response;
    Iterator<String> lines = response.body().iterator();
    Thread reader = new Thread(() -> read(lines));
    reader.setDaemon(true);
    reader.start();
  }

  static EventStream of(HttpCalls http, String path, String... headers) {
    try {
      return new EventStream(HttpCalls.CLIENT.send(
          http.request("GET", path, BodyPublishers.noBody(), headers), BodyHandlers.ofLines()));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private void read(Iterator<String> lines) {
    String name = "message";
    String id = "";
    StringBuilder data = new StringBuilder();
    try {
      while (lines.hasNext()) {
        String line = lines.next();
        if (line.isEmpty() && data.length() > 0) {
          events.add(new Event(name, id, data.toString()));
          name = "message";
          data.setLength(0);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        } else if (line.startsWith("retry: ")) {
          retry = OptionalLong.of(Long.parseLong(line.substring(7)));
        }
      }
    } catch (java.io.UncheckedIOException ended) {
      // Ended by close() or by the server; either way there is no more.
    }
    events.add(END);
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** In how many milliseconds the server wants its reader back, as far as it has said so. */
  OptionalLong retry() {
    return retry;
  }

  /** The next event; fails at the end of the stream. */
  Event next() {
    Event event = poll();
    if (event.equals(END)) {
      throw new AssertionError("the stream ended");
    }
    return event;
  }

  /** Waits for the end; fails if there is another event. */
  void awaitEnd() {
    Event event = poll();
    if (!event.equals(END)) {
      throw new AssertionError("one more: " + event);
    }
  }

  private Event poll() {
    try {
      Event event = events.poll(20, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event");
      }
      return event;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    response.body().close();
  }
}
