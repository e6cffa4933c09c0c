package io.holdfast.document;

/** UTF-8 lengths of strings, and the strict check of bytes that claim to be UTF-8 (RFC 3629). */
final class Utf8 {
  /** What the lengths answer for a string with half a surrogate pair: no UTF-8 stands for it. */
  static final int LONE_SURROGATE = -1;

  private Utf8() {}

  /** Bytes of {@code text} as a canonical JSON string, quotes and escapes included; saturates. */
  static int quotedBytes(String text) {
    int length = text.length();
    long bytes = length + 2L;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += Escapes.extraBytes(c);
      } else if (c < 0x800) {
        bytes++;
      } else if (!Character.isSurrogate(c)) {
        bytes += 2;
      } else if (isPairAt(text, i)) {
        bytes += 2;
        i++;
      } else {
        return LONE_SURROGATE;
      }
    }
    return saturated(bytes);
  }

  /** Bytes of {@code text} in UTF-8; it must be free of lone surrogates. */
  static int bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return saturated(bytes);
  }

  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPairAt(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  static int saturated(long bytes) {
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static boolean isPairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }
}
