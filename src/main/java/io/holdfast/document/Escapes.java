package io.holdfast.document;

import java.nio.charset.StandardCharsets;

/** How RFC 8785 escapes the few ASCII characters that cannot stand in a string as they are. */
final class Escapes {
  private static final byte[][] SEQUENCES = sequences();
  private static final byte[] EXTRA_BYTES = extraBytes();

  private Escapes() {}

  /** Bytes that escaping {@code c}, an ASCII character, adds to the one it would take unescaped. */
  static int extraBytes(char c) {
    return EXTRA_BYTES[c];
  }

  /** The escape sequence of {@code c}, an ASCII character; the character itself if it needs none. */
  static byte[] sequence(char c) {
    return SEQUENCES[c];
  }

  private static byte[][] sequences() {
    byte[][] sequences = new byte[0x80][];
    for (char c = 0; c < 0x80; c++) {
      sequences[c] = escaped(c).getBytes(StandardCharsets.US_ASCII);
    }
    return sequences;
  }

  private static byte[] extraBytes() {
    byte[] extra = new byte[0x80];
    for (int c = 0; c < 0x80; c++) {
      extra[c] = (byte) (SEQUENCES[c].length - 1);
    }
    return extra;
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> c < 0x20 ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    };
  }
}
