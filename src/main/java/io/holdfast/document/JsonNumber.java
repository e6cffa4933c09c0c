package io.holdfast.document;

/** A finite IEEE 754 double; -0 is 0. Integers up to 2^53 are exact. */
public final class JsonNumber implements Json {
  private static final double MAX_SAFE_INTEGER = 0x1p53 - 1;
  private static final int LEAST_CACHED = -128;
  private static final JsonNumber[] CACHED = cached();

  private final double value;
  private final int encodedBytes;

  private JsonNumber(double value) {
    this.value = value;
    this.encodedBytes = NumberText.length(value);
  }

  /** Refuses NaN and infinities with IllegalArgumentException. */
  public static JsonNumber of(double value) {
    int small = (int) value;
    if (small == value && small >= LEAST_CACHED && small < LEAST_CACHED + CACHED.length) {
      return CACHED[small - LEAST_CACHED];
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("number: %s (expected: a finite one)".formatted(value));
    }
    return new JsonNumber(value);
  }

  public double value() {
    return value;
  }

  /** Whether the value is an integer within ±(2^53 - 1). */
  public boolean isSafeInteger() {
    return Math.abs(value) <= MAX_SAFE_INTEGER && value == Math.rint(value);
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
    return other instanceof JsonNumber that && value == that.value;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(value);
  }

  @Override
  public String toString() {
    return NumberText.of(value);
  }

  private static JsonNumber[] cached() {
    JsonNumber[] numbers = new JsonNumber[1024 - LEAST_CACHED];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = new JsonNumber(i + LEAST_CACHED);
    }
    return numbers;
  }
}
