package io.holdfast.document;

import org.jspecify.annotations.Nullable;

/** What one pointer token means in one container. */
final class Location {
  /** The token that stands for the place after an array's last element. */
  static final String END = "-";

  /** Answer for a token that addresses no element. */
  static final int NONE = -1;

  private static final int MOST_DIGITS = 9;

  private Location() {}

  /** The member or element {@code token} addresses, null if there is none. */
  static @Nullable Json child(Json container, String token) {
    if (container instanceof JsonObject object) {
      return object.find(token);
    }
    if (container instanceof JsonArray array) {
      int index = element(array, token);
      return index == NONE ? null : array.element(index);
    }
    return null;
  }

  /** The index of the element {@code token} addresses, NONE if there is none. */
  static int element(JsonArray array, String token) {
    int key = token.indexOf('=');
    if (key >= 0) {
      return Names.indexOf(array.root(), token.substring(0, key), token.substring(key + 1));
    }
    int index = index(token);
    return index < array.size() ? index : NONE;
  }

  /** The number {@code token} is as an array index: decimal digits without leading zero; else NONE. */
  static int index(String token) {
    int length = token.length();
    if (length == 0 || length > MOST_DIGITS || (length > 1 && token.charAt(0) == '0')) {
      return NONE;
    }
    int index = 0;
    for (int i = 0; i < length; i++) {
      int digit = token.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      index = 10 * index + digit;
    }
    return index;
  }

  static boolean isKeyed(String token) {
    return token.indexOf('=') >= 0;
  }

  /** Whether {@code token} may address an array element, now or after an insertion. */
  static boolean isForArrays(String token) {
    return isKeyed(token) || token.equals(END) || index(token) != NONE;
  }

  /** Whether {@code element} is what {@code key=value} may address. */
  static boolean matches(Json element, String keyed) {
    int key = keyed.indexOf('=');
    return Names.matches(element, keyed.substring(0, key), keyed.substring(key + 1));
  }
}
