package io.holdfast.cli;

import io.holdfast.protocol.EntityId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One observation of an entity over as many connections as it takes. */
final class Following {
  /** A connection that says nothing, not even a heartbeat, for so long is taken for dead. */
  private static final Duration SILENCE = Duration.ofSeconds(90);

  /** Takes the events. */
  interface Listener {
    /** Whether to go on. */
    boolean on(EventReader.Event event) throws CommandFailed;
  }

  /** How a connection ended. */
  private enum End {
    ENOUGH,
    LOST
  }

  private final Transport transport;
  private final EntityId entity;
  private final Listener listener;
  private String lastId = "";

  Following(Transport transport, EntityId entity, Listener listener) {
    this.transport = transport;
    this.entity = entity;
    this.listener = listener;
  }

  /**
   * Ends when the listener has enough or the server refuses.
   *
   * @param start the event to go on after; empty: from the state now
   */
  void run(String start) throws CommandFailed {
    lastId = start;
    while (transport.call(request(), (headers, body) -> read(body)) == End.LOST) {
      transport.breathe();
    }
  }

  private HttpRequest request() {
    HttpRequest.Builder request = transport
        .request(Api.path(entity) + "/events")
        .header("Accept", "text/event-stream, application/problem+json");
    return lastId.isEmpty()
        ? request.build()
        : request.header("Last-Event-ID", lastId).build();
  }

  /**
   * A connection that brought something counts as success however it ends, so that the next one starts with fresh
   * patience; one that brought nothing is an error to wait after.
   */
  private End read(InputStream body) throws IOException, CommandFailed {
    String before = lastId;
    try (Watchdog watchdog = new Watchdog(body, SILENCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(watchdog.stream(), StandardCharsets.UTF_8))) {
      if (deliver(new EventReader(lines))) {
        return End.ENOUGH;
      }
    } catch (IOException lost) {
      if (lastId.equals(before)) {
        throw lost;
      }
      return End.LOST;
    }
    if (lastId.equals(before)) {
      throw new IOException("the stream ended");
    }
    return End.LOST;
  }

  /** Whether the listener has enough; false when the stream has ended. */
  private boolean deliver(EventReader events) throws IOException, CommandFailed {
    for (Optional<EventReader.Event> event = events.next();
        event.isPresent();
        event = events.next()) {
      if (!listener.on(event.get())) {
        return true;
      }
      if (!event.get().id().isEmpty()) {
        lastId = event.get().id();
      }
    }
    return false;
  }
}
