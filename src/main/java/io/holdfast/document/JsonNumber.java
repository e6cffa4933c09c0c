package io.holdfast.document;

/** A finite IEEE 754 double; -0 is 0. Integers up to 2^53 are exact. */
public final class JsonNumber implements Json {
  private JsonNumber() {}

  /** Refuses NaN and infinities with IllegalArgumentException. */
  public static JsonNumber of(double value) {
    throw new UnsupportedOperationException();
  }

  public double value() {
    throw new UnsupportedOperationException();
  }

  /** Whether the value is an integer within ±(2^53 - 1). */
  public boolean isSafeInteger() {
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
