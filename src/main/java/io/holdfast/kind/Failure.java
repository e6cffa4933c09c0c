package io.holdfast.kind;

import java.util.Optional;

/**
 * A value that does not meet a constraint, told from the value's own place.
 *
 * @param pointer from the checked value to the offending one
 * @param actual what stands there
 * @param expected what should
 */
record Failure(String pointer, String actual, String expected) {
  static Optional<Failure> of(String actual, String expected) {
    return Optional.of(new Failure("", actual, expected));
  }

  /** The same failure, told from the parent. */
  Failure under(String token) {
    return new Failure("/" + Tokens.escape(token) + pointer, actual, expected);
  }

  Violation violation() {
    return new Violation(
        pointer, "%s: %s (expected: %s)".formatted(Tokens.label(pointer), actual, expected));
  }
}
