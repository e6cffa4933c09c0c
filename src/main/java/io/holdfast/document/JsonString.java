package io.holdfast.document;

/** A string without lone surrogates. */
public final class JsonString implements Json {
  private final String value;
  private final int encodedBytes;

  private JsonString(String value, int encodedBytes) {
    this.value = value;
    this.encodedBytes = encodedBytes;
  }

  /** Refuses half a surrogate pair with IllegalArgumentException. */
  public static JsonString of(String value) {
    int bytes = Utf8.quotedBytes(value);
    if (bytes == Utf8.LONE_SURROGATE) {
      throw new IllegalArgumentException("string: lone surrogate (expected: Unicode text)");
    }
    return new JsonString(value, bytes);
  }

  /** The string whose {@link Utf8#quotedBytes} the caller has counted already. */
  static JsonString counted(String value, int quotedBytes) {
    return new JsonString(value, quotedBytes);
  }

  public String value() {
    return value;
  }

  /** Whether the encoding is the value itself between quotes. */
  boolean isPlain() {
    return encodedBytes == value.length() + 2;
  }

  @Override
  public int encodedBytes() {
    return encodedBytes;
  }

  @Override
  public int depth() {
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonString that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return Excerpt.of(this);
  }
}
