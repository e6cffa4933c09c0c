package io.holdfast.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writers on one thread, each with a socket and an entity of its own, that say another command whenever they hear of one. */
final class ClosedLoop implements AutoCloseable {
  private static final byte[] CHANGED = "{\"t\":\"changed\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SEQ = "\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final String VALUE = "y".repeat(50);

  private final int window;
  private final Selector selector = Selector.open();
  private final List<Writer> writers = new ArrayList<>();
  private final Latencies latencies = new Latencies();
  private int receipts;
  private int ready;
  private boolean stopping;

  private ClosedLoop(int window) throws IOException {
    this.window = window;
  }

  /**
   * One writer for each of {@code entities}, which has its document open too; all connected to {@code port}, each with
   * {@code window} commands outstanding.
   */
  static ClosedLoop on(int port, List<String> entities, int window) throws IOException {
    ClosedLoop loop = new ClosedLoop(window);
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
    for (int i = 0; i < window; i++) {
      writers.forEach(Writer::next);
    }
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
    private final long[] saidAt = new long[window];
    private boolean open;
    private long heard;
    private long seq;

    Writer(int port, String entity) throws IOException {
      this.entity = entity;
      this.socket = LeanSocket.to(port, selector, this::heard);
      socket.say("{\"t\":\"hello\",\"client\":\"%s\"}".formatted(Names.fresh("w")));
      socket.say("{\"t\":\"open\",\"entity\":\"%s\"}".formatted(entity));
    }

    /** With one writer an entity whatever changed are its receipts, in order. */
    private void heard(ByteBuffer frame) {
      if (!begins(frame, frame.position(), CHANGED)) {
        other(StandardCharsets.UTF_8.decode(frame).toString());
      } else if (seq > 0) {
        for (int count = count(frame); count > 0; count--) {
          receipts++;
          latencies.add(System.nanoTime() - saidAt[(int) (++heard % window)]);
          next();
        }
      }
    }

    private static boolean begins(ByteBuffer frame, int at, byte[] bytes) {
      return at + bytes.length <= frame.limit()
          && frame.slice(at, bytes.length).equals(ByteBuffer.wrap(bytes));
    }

    /** How many changes a frame lists. */
    private static int count(ByteBuffer frame) {
      int count = 0;
      for (int at = frame.position(); at < frame.limit(); at++) {
        count += frame.get(at) == SEQ[0] && begins(frame, at, SEQ) ? 1 : 0;
      }
      return count;
    }

    private void other(String frame) {
      if (frame.startsWith("{\"t\":\"state\"") && !open) {
        open = true;
        ready++;
      } else if (!frame.startsWith("{\"t\":\"welcome\"")) {
        throw new IllegalStateException("heard: " + frame);
      }
    }

    void next() {
      if (!stopping) {
        seq++;
        saidAt[(int) (seq % window)] = System.nanoTime();
        socket.say(
            "{\"t\":\"mutate\",\"entity\":\"%s\",\"seq\":%d,\"after\":%d,\"ops\":[{\"op\":\"replace\",\"path\":\"/f\",\"value\":\"%s\"}]}"
                .formatted(entity, seq, seq - 1, VALUE));
      }
    }
  }
}
