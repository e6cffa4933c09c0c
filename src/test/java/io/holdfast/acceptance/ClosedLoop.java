package io.holdfast.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writers on one thread, each with a socket and an entity of its own, that say their next command once they hear of the last one. */
final class ClosedLoop implements AutoCloseable {
  private static final byte[] CHANGED = "{\"t\":\"changed\"".getBytes(StandardCharsets.US_ASCII);
  private static final String VALUE = "y".repeat(50);

  private final Selector selector = Selector.open();
  private final List<Writer> writers = new ArrayList<>();
  private final Latencies latencies = new Latencies();
  private int receipts;
  private int ready;
  private boolean stopping;

  private ClosedLoop() throws IOException {}

  /** One writer for each of {@code entities}, which has its document open too; all connected to {@code port}. */
  static ClosedLoop on(int port, List<String> entities) throws IOException {
    ClosedLoop loop = new ClosedLoop();
    for (String entity : entities) {
      loop.writers.add(loop.new Writer(port, entity));
    }
    while (loop.ready < entities.size()) {
      loop.turn(10_000);
    }
    return loop;
  }

  /** Runs for so long, after half a second that does not count; the times from command to receipt. */
  Latencies run(Duration time) throws IOException {
    writers.forEach(Writer::next);
    until(System.nanoTime() + Duration.ofMillis(500).toNanos());
    latencies.clear();
    until(System.nanoTime() + time.toNanos());
    return latencies;
  }

  /** Since the start. */
  int receipts() {
    return receipts;
  }

  private void until(long end) throws IOException {
    while (System.nanoTime() - end < 0) {
      turn(100);
    }
  }

  private void turn(long millis) throws IOException {
    selector.select(millis);
    for (SelectionKey key : selector.selectedKeys()) {
      ((LeanSocket) key.attachment()).read();
    }
    selector.selectedKeys().clear();
  }

  /** Hears the last receipts and hangs up. */
  @Override
  public void close() throws IOException {
    stopping = true;
    until(System.nanoTime() + Duration.ofMillis(200).toNanos());
    for (Writer writer : writers) {
      writer.socket.close();
    }
    selector.close();
  }

  private final class Writer {
    private final String entity;
    private final LeanSocket socket;
    private boolean open;
    private long seq;
    private long saidAt;

    Writer(int port, String entity) throws IOException {
      this.entity = entity;
      this.socket = LeanSocket.to(port, selector, this::heard);
      socket.say("{\"t\":\"hello\",\"client\":\"%s\"}".formatted(Names.fresh("w")));
      socket.say("{\"t\":\"open\",\"entity\":\"%s\"}".formatted(entity));
    }

    /** With one writer an entity whatever changed is the receipt. */
    private void heard(ByteBuffer frame) {
      boolean changed = frame.remaining() > CHANGED.length
          && frame.slice(frame.position(), CHANGED.length).equals(ByteBuffer.wrap(CHANGED));
      if (changed && seq > 0) {
        receipts++;
        latencies.add(System.nanoTime() - saidAt);
        next();
      } else if (!changed) {
        other(StandardCharsets.UTF_8.decode(frame).toString());
      }
    }

    /** A command that was slow and went twice between nodes is acknowledged beside its change. */
    private void other(String frame) {
      if (frame.startsWith("{\"t\":\"state\"") && !open) {
        open = true;
        ready++;
      } else if (!frame.startsWith("{\"t\":\"welcome\"")
          && !frame.endsWith("\"duplicate\":true}")) {
        throw new IllegalStateException("heard: " + frame);
      }
    }

    void next() {
      if (!stopping) {
        seq++;
        saidAt = System.nanoTime();
        socket.say(
            "{\"t\":\"mutate\",\"entity\":\"%s\",\"seq\":%d,\"after\":%d,\"ops\":[{\"op\":\"replace\",\"path\":\"/f\",\"value\":\"%s\"}]}"
                .formatted(entity, seq, seq - 1, VALUE));
      }
    }
  }
}
