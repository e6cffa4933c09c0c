package io.holdfast.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing UTF-8 buffer for canonical JSON: the fast way to put a frame together from values and ready-made bytes. Not
 * thread-safe.
 */
public final class JsonBuffer {
  /** Takes what a full buffer holds, which then starts over. */
  interface Sink {
    void take(byte[] buffer, int length);
  }

  private static final Sink NONE = (buffer, length) -> {};
  private static final int LARGEST = Integer.MAX_VALUE - 8;
  private static final int LONGEST_CHAR = 6;
  private static final int LONGEST_NUMBER = 20;
  private static final char REPLACEMENT = '\uFFFD';

  private final Sink sink;
  private byte[] buffer;
  private int size;

  public JsonBuffer(int initialBytes) {
    this(initialBytes, NONE);
  }

  /** A buffer that is emptied into {@code sink} when full; it grows only for one string that does not fit at all. */
  JsonBuffer(int initialBytes, Sink sink) {
    this.buffer = new byte[Math.max(LONGEST_NUMBER, initialBytes)];
    this.sink = sink;
  }

  /** Appends text that is already JSON and pure ASCII, such as {@code [1,}. */
  public JsonBuffer ascii(String json) {
    reserve(json.length());
    copy(json);
    return this;
  }

  public JsonBuffer value(Json value) {
    if (value instanceof JsonString string) {
      return string.isPlain() ? plain(string.value()) : string(string.value());
    }
    if (value instanceof JsonObject object) {
      return container('{', object.root(), '}');
    }
    if (value instanceof JsonArray array) {
      return container('[', array.root(), ']');
    }
    return value instanceof JsonNumber number ? number(number) : ascii(value.toString());
  }

  /** Appends a quoted, escaped string; half a surrogate pair becomes U+FFFD. */
  public JsonBuffer string(String text) {
    int length = text.length();
    reserve(length + 2L);
    buffer[size++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || Escapes.extraBytes(c) != 0) {
        break;
      }
      buffer[size++] = (byte) c;
    }
    while (i < length) {
      i += character(text, i);
    }
    return octet('"');
  }

  public JsonBuffer number(long value) {
    if (value == Long.MIN_VALUE) {
      return ascii(Long.toString(value));
    }
    reserve(LONGEST_NUMBER);
    if (value < 0) {
      buffer[size++] = '-';
    }
    long rest = Math.abs(value);
    int end = size + NumberText.digits(rest);
    size = end;
    do {
      buffer[--end] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return this;
  }

  public JsonBuffer bytes(byte[] encoded) {
    reserve(encoded.length);
    System.arraycopy(encoded, 0, buffer, size, encoded.length);
    size += encoded.length;
    return this;
  }

  /** Appends ready-made JSON, part of an array. */
  public JsonBuffer bytes(byte[] encoded, int offset, int length) {
    reserve(length);
    System.arraycopy(encoded, offset, buffer, size, length);
    size += length;
    return this;
  }

  /** Copies what was appended into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(buffer, 0, target, offset, size);
  }

  public int size() {
    return size;
  }

  /** A copy of what was appended. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** What was appended, read as UTF-8. */
  String toText() {
    return new String(buffer, 0, size, StandardCharsets.UTF_8);
  }

  /** Empties the buffer into its sink. */
  void flush() {
    sink.take(buffer, size);
    size = 0;
  }

  /** Appends one byte as it is. */
  JsonBuffer octet(int octet) {
    reserve(1);
    buffer[size++] = (byte) octet;
    return this;
  }

  private JsonBuffer container(char open, Node root, char close) {
    octet(open);
    slots(root, true);
    return octet(close);
  }

  private void slots(Node node, boolean first) {
    for (int i = 0; i < node.slots.length; i++) {
      boolean leading = first && i == 0;
      if (!node.isLeaf()) {
        slots(node.child(i), leading);
        continue;
      }
      if (!leading) {
        octet(',');
      }
      if (node.isKeyed()) {
        string(node.keys[i]).octet(':');
      }
      value(node.valueIn(i));
    }
  }

  private JsonBuffer number(JsonNumber number) {
    double value = number.value();
    return NumberText.isExactInteger(value) ? number((long) value) : ascii(NumberText.of(value));
  }

  private JsonBuffer plain(String text) {
    reserve(text.length() + 2L);
    buffer[size++] = '"';
    copy(text);
    buffer[size++] = '"';
    return this;
  }

  /** Appends what stands at {@code i}; how many chars that were. */
  private int character(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x80) {
      bytes(Escapes.sequence(c));
      return 1;
    }
    int codePoint = text.codePointAt(i);
    reserve(LONGEST_CHAR);
    encode(codePoint <= 0xFFFF && Character.isSurrogate(c) ? REPLACEMENT : codePoint);
    return Character.charCount(codePoint);
  }

  private void encode(int codePoint) {
    if (codePoint < 0x800) {
      buffer[size++] = (byte) (0xC0 | (codePoint >> 6));
    } else {
      if (codePoint < 0x10000) {
        buffer[size++] = (byte) (0xE0 | (codePoint >> 12));
      } else {
        buffer[size++] = (byte) (0xF0 | (codePoint >> 18));
        buffer[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
      }
      buffer[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
    }
    buffer[size++] = (byte) (0x80 | (codePoint & 0x3F));
  }

  /** Appends Latin-1 text for which there is room. */
  @SuppressWarnings("deprecation") // of all ways to copy ASCII the one without an array in between
  private void copy(String ascii) {
    ascii.getBytes(0, ascii.length(), buffer, size);
    size += ascii.length();
  }

  private void reserve(long more) {
    if (buffer.length - size < more) {
      makeRoom(more);
    }
  }

  private void makeRoom(long more) {
    if (sink != NONE) {
      flush();
    }
    long needed = size + more;
    if (needed > LARGEST) {
      throw new IllegalStateException(
          "buffer: %d bytes (expected: at most %d)".formatted(needed, LARGEST));
    }
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(LARGEST, Math.max(needed, 2L * buffer.length)));
    }
  }
}
