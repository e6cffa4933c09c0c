package io.holdfast.kind;

/** The one wording for a number outside its range. */
final class Ranges {
  private Ranges() {}

  static void check(String what, int actual, int most) {
    if (actual < 1 || actual > most) {
      throw new IllegalArgumentException("%s: %d (expected: 1 … %d)".formatted(what, actual, most));
    }
  }
}
