package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNumber;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** The keywords for numbers; whatever is no number meets them. */
final class NumberKeywords {
  private static final double MOST_EXACT = 9007199254740991.0;

  private NumberKeywords() {}

  static Constraint minimum(Json keyword) {
    double limit = number(keyword);
    return meets(value -> value >= limit, "≥ " + Shown.value(keyword));
  }

  static Constraint exclusiveMinimum(Json keyword) {
    double limit = number(keyword);
    return meets(value -> value > limit, "> " + Shown.value(keyword));
  }

  static Constraint maximum(Json keyword) {
    double limit = number(keyword);
    return meets(value -> value <= limit, "≤ " + Shown.value(keyword));
  }

  static Constraint exclusiveMaximum(Json keyword) {
    double limit = number(keyword);
    return meets(value -> value < limit, "< " + Shown.value(keyword));
  }

  static Constraint multipleOf(Json keyword) {
    double factor = number(keyword);
    return meets(value -> isMultiple(value, factor), "a multiple of " + Shown.value(keyword));
  }

  static double number(Json keyword) {
    return ((JsonNumber) keyword).value();
  }

  private static Constraint meets(DoublePredicate condition, String expected) {
    return value -> !(value instanceof JsonNumber number) || condition.test(number.value())
        ? Optional.empty()
        : Failure.of(Shown.value(value), expected);
  }

  /** By their decimal texts, as people mean it: 0.3 is a multiple of 0.1. */
  private static boolean isMultiple(double value, double factor) {
    if (isExact(value) && isExact(factor)) {
      return value % factor == 0;
    }
    return BigDecimal.valueOf(value).remainder(BigDecimal.valueOf(factor)).signum() == 0;
  }

  private static boolean isExact(double value) {
    return Math.abs(value) <= MOST_EXACT && value == Math.rint(value);
  }
}
