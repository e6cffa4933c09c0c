package io.holdfast.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Equality of JSON where 1 and 1.0 are the same number. */
final class Numbers {
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> one.isNumber() && other.isNumber() && one.asDouble() == other.asDouble()
          ? 0
          : one.equals(other) ? 0 : 1;

  private Numbers() {}

  static boolean equal(JsonNode one, JsonNode other) {
    return one.equals(BY_VALUE, other);
  }
}
