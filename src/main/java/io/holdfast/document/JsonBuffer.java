package io.holdfast.document;

/**
 * A growing UTF-8 buffer for canonical JSON: the fast way to put a frame together from values and ready-made bytes. Not
 * thread-safe.
 */
public final class JsonBuffer {
  public JsonBuffer(int initialBytes) {
    throw new UnsupportedOperationException();
  }

  /** Appends text that is already JSON and pure ASCII, such as the opening of a frame. */
  public JsonBuffer ascii(String json) {
    throw new UnsupportedOperationException();
  }

  public JsonBuffer value(Json value) {
    throw new UnsupportedOperationException();
  }

  /** Appends a quoted, escaped string. */
  public JsonBuffer string(String text) {
    throw new UnsupportedOperationException();
  }

  public JsonBuffer number(long value) {
    throw new UnsupportedOperationException();
  }

  public JsonBuffer bytes(byte[] encoded) {
    throw new UnsupportedOperationException();
  }

  public int size() {
    throw new UnsupportedOperationException();
  }

  /** A copy of what was appended. */
  public byte[] toBytes() {
    throw new UnsupportedOperationException();
  }

  public JsonBuffer bytes(byte[] encoded, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** Copies what was appended into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    throw new UnsupportedOperationException();
  }
}
