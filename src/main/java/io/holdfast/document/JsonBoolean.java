package io.holdfast.document;

/** {@code true} or {@code false}. */
public enum JsonBoolean implements Json {
  TRUE,
  FALSE;

  public static JsonBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  public boolean value() {
    return this == TRUE;
  }

  @Override
  public int encodedBytes() {
    return this == TRUE ? 4 : 5;
  }

  @Override
  public int depth() {
    return 0;
  }

  @Override
  public String toString() {
    return this == TRUE ? "true" : "false";
  }
}
