package io.holdfast.faults;

import io.holdfast.acceptance.RawSocket;
import io.holdfast.acceptance.ServerFrame;
import io.holdfast.checker.Seen;
import io.holdfast.checker.Sight;
import io.holdfast.document.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Observers that read nothing for a long time, then everything. */
final class SlowReader {
  private static final int READERS = 5;
  private static final int SMALL_BUFFER = 4096;

  private SlowReader() {}

  static void strike(Scene scene) {
    List<RawSocket> sockets = Stream.generate(() -> open(scene)).limit(READERS).toList();
    scene.workOn(1500);
    for (int i = 0; i < READERS; i++) {
      try (RawSocket socket = sockets.get(i)) {
        catchUp(scene, socket, "slow-" + i);
      }
    }
  }

  private static RawSocket open(Scene scene) {
    int port = scene.around().nodes().get(scene.anyPlace()).getPort();
    RawSocket socket =
        RawSocket.to(port, SMALL_BUFFER).say("{'t':'hello','client':'slow','token':'slow'}");
    for (String entity : entities(scene)) {
      socket.say("{'t':'open','entity':'%s'}".formatted(entity));
    }
    return socket;
  }

  private static List<String> entities(Scene scene) {
    Plan plan = scene.load().plan();
    return List.of(Plan.LARGE, plan.hot(0), plan.hot(1));
  }

  /** Reads until the answer to a question that was asked last; by then it must know all that was acknowledged before. */
  private static void catchUp(Scene scene, RawSocket socket, String connection) {
    Recorder recorder = scene.around().recorder();
    for (String entity : entities(scene)) {
      recorder.seen(new Seen(
          System.nanoTime(), connection, entity, new Sight.Opened(Sight.NOTHING, Sight.NOTHING)));
    }
    socket.say("{'t':'ping','n':'done'}");
    Optional<ServerFrame> frame = socket.read();
    while (frame.isPresent() && !isAnswer(frame.get())) {
      Incoming incoming =
          Incoming.parse(io.holdfast.document.JsonWriter.text(frame.get().json()));
      incoming
          .sight()
          .ifPresent(sight -> recorder.seen(
              new Seen(System.nanoTime(), connection, incoming.text("entity"), sight)));
      frame = socket.read();
    }
    if (frame.isEmpty()) {
      recorder.surprise("a slow reader was cut off");
    }
  }

  /** The server asks by a pong whether a silent client is there. */
  private static boolean isAnswer(ServerFrame frame) {
    return frame.t().equals("pong")
        && frame.json().member("n").equals(Optional.of(JsonString.of("done")));
  }
}
