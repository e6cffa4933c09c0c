package io.holdfast.session;

import akka.util.ByteString;
import io.holdfast.session.SocketProtocol.Breach;
import java.util.Arrays;

/**
 * Takes the bytes of one WebSocket apart (RFC 6455, the server's side): unmasks, joins fragments, keeps control frames apart, and
 * refuses what is longer than allowed before it is there. Holds no memory between messages.
 */
final class SocketReader {
  private static final byte[] NOTHING = new byte[0];
  private static final int MASK_BYTES = 4;
  private static final int MAX_CONTROL = 125;

  /** What was read. */
  enum Kind {
    /** Nothing complete yet. */
    NONE,
    TEXT,
    PING,
    PONG,
    CLOSE
  }

  private final int maxBytes;
  private byte[] buffer = NOTHING;
  private int start;
  private int end;
  private byte[] message = NOTHING;
  private int messageBytes;
  private boolean fragmented;

  private byte[] payload = NOTHING;
  private int payloadStart;
  private int payloadLength;

  SocketReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Adds what came from the socket. */
  void feed(ByteString bytes) {
    int more = bytes.size();
    if (start == end) {
      start = 0;
      end = 0;
    }
    if (buffer.length - end < more) {
      makeRoom(more);
    }
    bytes.copyToArray(buffer, end, more);
    end += more;
  }

  private void makeRoom(int more) {
    int held = end - start;
    byte[] larger =
        held + more <= buffer.length ? buffer : new byte[Math.max(held + more, wanted())];
    System.arraycopy(buffer, start, larger, 0, held);
    buffer = larger;
    start = 0;
    end = held;
  }

  /** The size of the frame that is coming in, where its header is known, so that a large one is not copied again and again. */
  private int wanted() {
    if (end - start < 10 || (buffer[start + 1] & 0x7f) < 126) {
      return 0;
    }
    long length = length(buffer[start + 1] & 0x7f);
    return length > maxBytes ? 0 : (int) length + 14;
  }

  /** The next frame; its payload stays valid until the next call. */
  Kind next() throws SocketProtocol {
    while (end - start >= 2) {
      int first = buffer[start] & 0xff;
      int second = buffer[start + 1] & 0xff;
      check(first, second);
      int header = 2 + ((second & 0x7f) < 126 ? 0 : (second & 0x7f) == 126 ? 2 : 8) + MASK_BYTES;
      if (end - start < header) {
        return none();
      }
      long length = length(second & 0x7f);
      checkLength(first & 0x0f, length);
      if (end - start < header + length) {
        return none();
      }
      Kind kind = take(first, header, (int) length);
      if (kind != Kind.NONE) {
        return kind;
      }
    }
    return none();
  }

  private Kind none() {
    if (start == end) {
      buffer = NOTHING;
      start = 0;
      end = 0;
    }
    payload = NOTHING;
    return Kind.NONE;
  }

  private long length(int code) {
    if (code < 126) {
      return code;
    }
    int bytes = code == 126 ? 2 : 8;
    long length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | (buffer[start + 2 + i] & 0xff);
    }
    return length;
  }

  private static void check(int first, int second) throws SocketProtocol {
    if ((first & 0x70) != 0) {
      throw new SocketProtocol(
          Breach.PROTOCOL, "frame: reserved bits set (expected: no extension)");
    }
    if ((second & 0x80) == 0) {
      throw new SocketProtocol(
          Breach.PROTOCOL, "frame: not masked (expected: masked by the client)");
    }
    int opcode = first & 0x0f;
    boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
    if (!known) {
      throw new SocketProtocol(
          Breach.PROTOCOL,
          "frame: opcode %d (expected: text, close, ping or pong)".formatted(opcode));
    }
    if (opcode >= 8 && ((first & 0x80) == 0 || (second & 0x7f) > MAX_CONTROL)) {
      throw new SocketProtocol(
          Breach.PROTOCOL, "frame: control frame in fragments or too long (expected: ≤ 125 bytes)");
    }
    if (opcode == 2) {
      throw new SocketProtocol(Breach.BINARY, "frame: binary (expected: text)");
    }
  }

  private void checkLength(int opcode, long length) throws SocketProtocol {
    long total = opcode == 0 ? messageBytes + length : length;
    if (length < 0 || total > maxBytes) {
      throw new SocketProtocol(
          Breach.TOO_LARGE,
          "frame: more than %d bytes (expected: ≤ %d)".formatted(maxBytes, maxBytes));
    }
  }

  private Kind take(int first, int header, int length) throws SocketProtocol {
    int from = start + header;
    unmask(from, length);
    start = from + length;
    int opcode = first & 0x0f;
    if (opcode >= 8) {
      point(buffer, from, length);
      return opcode == 8 ? Kind.CLOSE : opcode == 9 ? Kind.PING : Kind.PONG;
    }
    if ((opcode == 0) != fragmented) {
      throw new SocketProtocol(
          Breach.PROTOCOL, "frame: fragments out of order (expected: one message after the other)");
    }
    boolean last = (first & 0x80) != 0;
    if (last && !fragmented) {
      point(buffer, from, length);
      return Kind.TEXT;
    }
    append(from, length);
    fragmented = !last;
    return last ? joined() : Kind.NONE;
  }

  private void unmask(int from, int length) {
    int mask = from - MASK_BYTES;
    byte a = buffer[mask];
    byte b = buffer[mask + 1];
    byte c = buffer[mask + 2];
    byte d = buffer[mask + 3];
    int i = from;
    for (int full = from + (length & ~3); i < full; i += 4) {
      buffer[i] ^= a;
      buffer[i + 1] ^= b;
      buffer[i + 2] ^= c;
      buffer[i + 3] ^= d;
    }
    for (int k = 0; i < from + length; i++, k++) {
      buffer[i] ^= buffer[mask + k];
    }
  }

  private void append(int from, int length) {
    if (message.length - messageBytes < length) {
      message = Arrays.copyOf(
          message, Math.max(messageBytes + length, Math.min(maxBytes, 2 * message.length)));
    }
    System.arraycopy(buffer, from, message, messageBytes, length);
    messageBytes += length;
  }

  private Kind joined() {
    point(message, 0, messageBytes);
    message = NOTHING;
    messageBytes = 0;
    return Kind.TEXT;
  }

  private void point(byte[] in, int from, int length) {
    payload = in;
    payloadStart = from;
    payloadLength = length;
  }

  byte[] payload() {
    return payload;
  }

  int payloadStart() {
    return payloadStart;
  }

  int payloadLength() {
    return payloadLength;
  }
}
