package io.holdfast.protocol;

import io.holdfast.document.JsonBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One server frame, encoded once and shared by everyone who gets it: its JSON text behind the header of an unmasked, final
 * WebSocket text frame (RFC 6455, section 5.2).
 */
public final class Frame {
  private static final int SHORT = 126;
  private static final int LONG = 1 << 16;
  private static final byte FINAL_TEXT = (byte) 0x81;

  private final byte[] wire;
  private final int header;
  private final boolean replaces;

  private Frame(byte[] wire, int header, boolean replaces) {
    this.wire = wire;
    this.header = header;
    this.replaces = replaces;
  }

  static Frame of(JsonBuffer text) {
    return of(text, false);
  }

  static Frame of(JsonBuffer text, boolean replaces) {
    int header = text.size() < SHORT ? 2 : text.size() < LONG ? 4 : 10;
    byte[] wire = new byte[header + text.size()];
    writeHeader(wire, text.size());
    text.copyTo(wire, header);
    return new Frame(wire, header, replaces);
  }

  private static void writeHeader(byte[] wire, int size) {
    wire[0] = FINAL_TEXT;
    if (size < SHORT) {
      wire[1] = (byte) size;
    } else {
      int lengthBytes = size < LONG ? 2 : 8;
      wire[1] = (byte) (size < LONG ? SHORT : SHORT + 1);
      for (int i = 0; i < lengthBytes; i++) {
        wire[2 + i] = (byte) ((long) size >>> (8 * (lengthBytes - 1 - i)));
      }
    }
  }

  /** Header and text; never to be written to. */
  public byte[] wire() {
    return wire;
  }

  /** Whether it is a whole state, which says nothing of the changes that led to it. */
  public boolean replaces() {
    return replaces;
  }

  /** Bytes of the JSON text. */
  public int size() {
    return wire.length - header;
  }

  /** The JSON text alone. */
  public String json() {
    return new String(wire, header, size(), StandardCharsets.UTF_8);
  }
}
