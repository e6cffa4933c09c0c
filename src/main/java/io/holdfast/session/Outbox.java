package io.holdfast.session;

import akka.util.ByteString;
import akka.util.ByteStringBuilder;
import io.holdfast.protocol.Frame;
import java.util.ArrayDeque;
import java.util.Deque;

/** What waits to be written to one socket, in order. */
final class Outbox {
  private static final byte[] CLOSE = {(byte) 0x88, 2, 3, (byte) 0xe8};
  private static final byte PONG = (byte) 0x8a;

  private final Deque<byte[]> waiting = new ArrayDeque<>(4);
  private int bytes;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int frames() {
    return waiting.size();
  }

  int bytes() {
    return bytes;
  }

  void add(Frame frame) {
    add(frame.wire());
  }

  private void add(byte[] wire) {
    waiting.add(wire);
    bytes += wire.length;
  }

  /** The answer to a WebSocket ping. */
  void pong(byte[] payload, int from, int length) {
    byte[] wire = new byte[2 + length];
    wire[0] = PONG;
    wire[1] = (byte) length;
    System.arraycopy(payload, from, wire, 2, length);
    add(wire);
  }

  /** A close frame, code 1000. */
  void close() {
    add(CLOSE);
  }

  /** Everything that waits, as one write. */
  ByteString takeAll() {
    if (waiting.size() == 1) {
      bytes = 0;
      return ByteString.fromArrayUnsafe(waiting.remove());
    }
    ByteStringBuilder all = ByteString.createBuilder();
    while (!waiting.isEmpty()) {
      all.append(ByteString.fromArrayUnsafe(waiting.remove()));
    }
    bytes = 0;
    return all.result();
  }
}
