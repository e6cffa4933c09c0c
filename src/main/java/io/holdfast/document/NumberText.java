package io.holdfast.document;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;

/** Numbers as ECMAScript writes them, which is what RFC 8785 asks for: the fewest digits that read back as the same double. */
final class NumberText {
  private static final double MAX_EXACT_INTEGER = 0x1p53;
  private static final int POSITIONAL_DIGITS = 21;
  private static final int LEADING_ZEROS = 6;
  private static final double SMALLEST_NORMAL = Double.MIN_NORMAL;

  private static final int MOST_PLACES = 6;
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  private static final double MOST_SCALED = 0x1p50;

  private NumberText() {}

  /** The canonical text of a finite double. */
  static String of(double value) {
    return isExactInteger(value) ? Long.toString((long) value) : decimal(value);
  }

  /** The length of {@link #of}. */
  static int length(double value) {
    return isExactInteger(value) ? length((long) value) : decimal(value).length();
  }

  static boolean isExactInteger(double value) {
    return Math.abs(value) <= MAX_EXACT_INTEGER && value == Math.rint(value);
  }

  private static int length(long value) {
    return value < 0 ? 1 + digits(-value) : digits(value);
  }

  /** Decimal digits of a value that is not negative. */
  static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private static String decimal(double value) {
    for (int places = 1; places <= MOST_PLACES; places++) {
      double scaled = Math.rint(value * POWERS[places]);
      if (scaled / POWERS[places] == value && Math.abs(scaled) < MOST_SCALED) {
        return positional((long) scaled, places);
      }
    }
    return shortest(value);
  }

  /**
   * {@code scaled / 10^places}, of which no fewer places will do. Short decimals, found by trying, as most numbers in documents
   * are: a division of integers so small is exact to the last bit, so the text reads back as the value.
   */
  private static String positional(long scaled, int places) {
    long power = (long) POWERS[places];
    String fraction = Long.toString(Math.abs(scaled % power));
    return (scaled < 0 ? "-" : "") + Math.abs(scaled / power) + "."
        + "0".repeat(places - fraction.length()) + fraction;
  }

  private static String shortest(double value) {
    String java = DoubleToDecimal.toString(Math.abs(value));
    int e = java.indexOf('E');
    int exponent = e < 0 ? 0 : Integer.parseInt(java, e + 1, java.length(), 10);
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int from = 0;
    while (digits.charAt(from) == '0') {
      from++;
    }
    int to = digits.length();
    while (digits.charAt(to - 1) == '0') {
      to--;
    }
    return layout(value, digits.substring(from, to), point + exponent - from);
  }

  /** {@code 0.DIGITS × 10^scale} laid out as ECMA-262 Number::toString does. */
  private static String layout(double value, String digits, int scale) {
    if (digits.length() == 2 && Math.abs(value) < SMALLEST_NORMAL) {
      return layoutSubnormal(value, digits, scale);
    }
    return (value < 0 ? "-" : "") + unsigned(digits, scale);
  }

  /** Java's shortest form has two digits at least; of subnormals one is sometimes enough. */
  private static String layoutSubnormal(double value, String digits, int scale) {
    int rounded = (Integer.parseInt(digits) + 5) / 10;
    String shorter =
        "0." + (rounded == 10 ? "1" : rounded) + "E" + (rounded == 10 ? scale + 1 : scale);
    boolean enough = Double.parseDouble(shorter) == Math.abs(value);
    String unsigned = !enough
        ? unsigned(digits, scale)
        : rounded == 10 ? unsigned("1", scale + 1) : unsigned(Integer.toString(rounded), scale);
    return (value < 0 ? "-" : "") + unsigned;
  }

  private static String unsigned(String digits, int scale) {
    int count = digits.length();
    if (count <= scale && scale <= POSITIONAL_DIGITS) {
      return digits + "0".repeat(scale - count);
    }
    if (0 < scale && scale <= POSITIONAL_DIGITS) {
      return digits.substring(0, scale) + "." + digits.substring(scale);
    }
    if (-LEADING_ZEROS < scale && scale <= 0) {
      return "0." + "0".repeat(-scale) + digits;
    }
    String exponent = (scale > 0 ? "e+" : "e-") + Math.abs(scale - 1);
    return count == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
  }
}
