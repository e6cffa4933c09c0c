package io.holdfast.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One document that is changed at a steady pace, and observers that hear of it, on one thread. */
final class Spread implements AutoCloseable {
  private static final String VERSION = "\"version\":";
  private static final int HEAD_BYTES = 200;

  private final Selector selector = Selector.open();
  private final List<LeanSocket> sockets = new ArrayList<>();
  private final Latencies latencies = new Latencies();
  private final String entity;
  private final LeanSocket writer;
  private final int observers;
  private final List<Long> dueAt = new ArrayList<>();
  private long firstVersion;
  private int ready;

  private Spread(int writerPort, int observerPort, String entity, int observers)
      throws IOException {
    this.entity = entity;
    this.observers = observers;
    this.writer = connect(writerPort, frame -> {});
    for (int i = 0; i < observers; i++) {
      Observer observer = new Observer();
      LeanSocket socket = connect(observerPort, observer::heard);
      socket.say("{\"t\":\"open\",\"entity\":\"%s\"}".formatted(entity));
    }
  }

  /** All observers have the document, which nobody else changes. */
  static Spread of(int writerPort, int observerPort, String entity, int observers)
      throws IOException {
    Spread spread = new Spread(writerPort, observerPort, entity, observers);
    while (spread.ready < observers) {
      spread.turn(10_000);
    }
    return spread;
  }

  private LeanSocket connect(int port, java.util.function.Consumer<ByteBuffer> heard)
      throws IOException {
    LeanSocket socket = LeanSocket.to(port, selector, heard);
    socket.say("{\"t\":\"hello\",\"client\":\"%s\"}".formatted(Names.fresh("s")));
    sockets.add(socket);
    return socket;
  }

  /** So many changes of a field, so long apart; the times from when one was due until each observer has it. */
  Latencies run(int changes, Duration apart) throws IOException {
    latencies.clear();
    long due = System.nanoTime();
    for (int i = 0; i < changes; i++) {
      until(due);
      dueAt.add(due);
      change(dueAt.size());
      due += apart.toNanos();
    }
    long giveUp = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (latencies.size() < changes * observers && System.nanoTime() < giveUp) {
      turn(100);
    }
    return latencies;
  }

  private void change(long seq) {
    writer.say(
        "{\"t\":\"mutate\",\"entity\":\"%s\",\"seq\":%d,\"after\":%d,\"ops\":[{\"op\":\"replace\",\"path\":\"/f\",\"value\":\"value %d\"}]}"
            .formatted(entity, seq, seq - 1, seq));
  }

  private void until(long end) throws IOException {
    long left = end - System.nanoTime();
    while (left > 0) {
      turn(Math.max(1, left / 1_000_000));
      left = end - System.nanoTime();
    }
  }

  private void turn(long millis) throws IOException {
    selector.select(millis);
    for (SelectionKey key : selector.selectedKeys()) {
      ((LeanSocket) key.attachment()).read();
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    for (LeanSocket socket : sockets) {
      socket.close();
    }
    selector.close();
  }

  /** Knows which version it has; a frame may lead over several. */
  private final class Observer {
    private long seen;

    private void heard(ByteBuffer frame) {
      int length = Math.min(HEAD_BYTES, frame.remaining());
      String head =
          StandardCharsets.UTF_8.decode(frame.slice(frame.position(), length)).toString();
      if (head.startsWith("{\"t\":\"state\"")) {
        seen = version(head);
        firstVersion = seen;
        ready++;
      } else if (head.startsWith("{\"t\":\"changed\"")) {
        long now = System.nanoTime();
        for (long version = version(head); seen < version; seen++) {
          latencies.add(now - dueAt.get((int) (seen - firstVersion)));
        }
      }
    }

    private long version(String head) {
      int from = head.indexOf(VERSION) + VERSION.length();
      int to = from;
      while (Character.isDigit(head.charAt(to))) {
        to++;
      }
      return Long.parseLong(head.substring(from, to));
    }
  }
}
