package io.holdfast.entity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a message too long for one frame between nodes.
 *
 * @param stream who sends: parts of two streams never make one message
 * @param number of the message in its stream
 * @param manifest of the whole message
 */
@SuppressWarnings("ArrayRecordComponent")
public record Part(long stream, long number, int index, int count, String manifest, byte[] bytes) {
  /** Longest piece, bytes: half of what Artery takes in one frame, so that envelopes fit around it. */
  static final int MOST_BYTES = 128 * 1024;

  /** Longest message, bytes: the largest document a kind may allow and the longest batch stay far below. */
  static final int MOST_MESSAGE_BYTES = 1 << 28;

  private static final int FIXED = 8 + 8 + 4 + 4 + 1;

  static List<Part> of(long stream, long number, String manifest, byte[] message) {
    int count = Math.max(1, (message.length + MOST_BYTES - 1) / MOST_BYTES);
    List<Part> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = i * MOST_BYTES;
      byte[] piece =
          java.util.Arrays.copyOfRange(message, from, Math.min(message.length, from + MOST_BYTES));
      parts.add(new Part(stream, number, i, count, manifest, piece));
    }
    return parts;
  }

  byte[] encode() {
    byte[] name = manifest.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(FIXED + name.length + bytes.length)
        .putLong(stream)
        .putLong(number)
        .putInt(index)
        .putInt(count)
        .put((byte) name.length)
        .put(name)
        .put(bytes)
        .array();
  }

  static Part decode(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    long stream = in.getLong();
    long number = in.getLong();
    int index = in.getInt();
    int count = in.getInt();
    byte[] name = new byte[in.get()];
    in.get(name);
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    String manifest = new String(name, StandardCharsets.US_ASCII);
    return new Part(stream, number, index, count, manifest, bytes);
  }
}
