package io.holdfast.protocol;

import io.holdfast.document.Json;
import java.util.Optional;
import java.util.OptionalLong;

/** What a client says: one JSON object in one text frame. */
public sealed interface ClientFrame {

  /** Who takes each frame apart. */
  interface Handler {
    void hello(Hello frame);

    void refresh(Refresh frame);

    void open(Open frame);

    void close(Close frame);

    void mutate(Mutate frame);

    void present(Present frame);

    void ping(Ping frame);
  }

  void handedTo(Handler handler);

  /** The first frame: a stable id of the client, and who it is. */
  record Hello(String client, Optional<String> token) implements ClientFrame {
    @Override
    public void handedTo(Handler handler) {
      handler.hello(this);
    }
  }

  /** A new token of the same subject. */
  record Refresh(String token) implements ClientFrame {
    @Override
    public void handedTo(Handler handler) {
      handler.refresh(this);
    }
  }

  /** Start observing, from {@code known} if the client has something already. */
  record Open(EntityId entity, Optional<Position> known, boolean presence) implements ClientFrame {
    @Override
    public void handedTo(Handler handler) {
      handler.open(this);
    }
  }

  /** Stop observing. */
  record Close(EntityId entity) implements ClientFrame {
    @Override
    public void handedTo(Handler handler) {
      handler.close(this);
    }
  }

  /** A command: {@code ops} are judged in the place of {@code seq}, not before {@code after} is decided. */
  record Mutate(EntityId entity, long seq, long after, Json ops, OptionalLong ifVersion)
      implements ClientFrame {
    @Override
    public void handedTo(Handler handler) {
      handler.mutate(this);
    }
  }

  /** This session's presence; null leaves. */
  record Present(EntityId entity, Json data) implements ClientFrame {
    @Override
    public void handedTo(Handler handler) {
      handler.present(this);
    }
  }

  /** A sign of life. */
  record Ping(Json n) implements ClientFrame {
    @Override
    public void handedTo(Handler handler) {
      handler.ping(this);
    }
  }
}
