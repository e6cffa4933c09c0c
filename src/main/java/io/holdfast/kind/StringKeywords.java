package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonString;
import java.util.Optional;

/** The keywords for strings; whatever is no string meets them. Lengths are in Unicode characters. */
final class StringKeywords {
  private StringKeywords() {}

  static Constraint minLength(Json keyword) {
    double least = NumberKeywords.number(keyword);
    String expected = "at least " + Shown.count((long) least, "character");
    return value -> value instanceof JsonString string && length(string) < least
        ? Failure.of(Shown.count(length(string), "character"), expected)
        : Optional.empty();
  }

  static Constraint maxLength(Json keyword) {
    double most = NumberKeywords.number(keyword);
    String expected = "at most " + Shown.count((long) most, "character");
    return value -> value instanceof JsonString string && length(string) > most
        ? Failure.of(Shown.count(length(string), "character"), expected)
        : Optional.empty();
  }

  static Constraint pattern(Regex regex) {
    return value ->
        value instanceof JsonString string ? mismatch(regex, string.value()) : Optional.empty();
  }

  private static Optional<Failure> mismatch(Regex regex, String text) {
    return switch (regex.find(text)) {
      case FOUND -> Optional.empty();
      case MISSING -> Failure.of(Shown.text(text), "text that matches " + regex);
      case EXHAUSTED -> Failure.of(
          Shown.text(text), "text that " + regex + " can judge in reasonable time");
    };
  }

  private static int length(JsonString string) {
    return string.value().codePointCount(0, string.value().length());
  }
}
