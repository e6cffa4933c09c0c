package io.holdfast.document;

/** The JSON {@code null}. */
public enum JsonNull implements Json {
  NULL;

  @Override
  public int encodedBytes() {
    return 4;
  }

  @Override
  public int depth() {
    return 0;
  }

  @Override
  public String toString() {
    return "null";
  }
}
