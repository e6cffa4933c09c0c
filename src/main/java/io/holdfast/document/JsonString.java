package io.holdfast.document;

/** A string without lone surrogates. */
public final class JsonString implements Json {
  private JsonString() {}

  public static JsonString of(String value) {
    throw new UnsupportedOperationException();
  }

  public String value() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int encodedBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int depth() {
    return 0;
  }
}
