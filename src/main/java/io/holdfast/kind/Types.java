package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.util.ArrayList;
import java.util.List;

/** Sets of JSON Schema types as bits; a number is an integer or a fraction. */
final class Types {
  static final int NONE = 0;
  static final int NULL = 1;
  static final int BOOLEAN = 1 << 1;
  static final int INTEGER = 1 << 2;
  static final int FRACTION = 1 << 3;
  static final int STRING = 1 << 4;
  static final int ARRAY = 1 << 5;
  static final int OBJECT = 1 << 6;
  static final int NUMBER = INTEGER | FRACTION;
  static final int CONTAINER = ARRAY | OBJECT;
  static final int ANY = (1 << 7) - 1;

  private Types() {}

  static int of(Json value) {
    if (value instanceof JsonObject) {
      return OBJECT;
    }
    if (value instanceof JsonArray) {
      return ARRAY;
    }
    if (value instanceof JsonString) {
      return STRING;
    }
    if (value instanceof JsonNumber number) {
      return number.value() == Math.rint(number.value()) ? INTEGER : FRACTION;
    }
    return value instanceof JsonBoolean ? BOOLEAN : NULL;
  }

  /** The type a schema calls by this name. */
  static int named(String name) {
    return switch (name) {
      case "null" -> NULL;
      case "boolean" -> BOOLEAN;
      case "integer" -> INTEGER;
      case "number" -> NUMBER;
      case "string" -> STRING;
      case "array" -> ARRAY;
      case "object" -> OBJECT;
      default -> throw new IllegalArgumentException(
          "type: %s (expected: one of JSON Schema's)".formatted(name));
    };
  }

  /** {@code string or null}. */
  static String describe(int types) {
    List<String> names = new ArrayList<>();
    for (String name : List.of("object", "array", "string", "number", "boolean", "null")) {
      if ((types & named(name)) == named(name)) {
        names.add(name);
      }
    }
    if ((types & NUMBER) == INTEGER) {
      names.add("integer");
    }
    return names.isEmpty() ? "no value at all" : String.join(" or ", names);
  }
}
