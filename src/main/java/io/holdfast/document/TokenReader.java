package io.holdfast.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes one document of a parser's tokens, refusing what I-JSON or the limits do not allow. */
final class TokenReader {
  private static final int SHAPES = 64;
  private static final long MAX_EXACT_INTEGER = 1L << 53;

  private final JsonParser parser;
  private final Limits limits;

  /** Members and elements of the containers that are still open, innermost last. */
  private String[] keys = new String[Node.WIDTH];

  private Json[] values = new Json[Node.WIDTH];
  private int top;

  /** The last shape that began with some key. */
  private final @Nullable Shape[] shapes = new Shape[SHAPES];

  TokenReader(JsonParser parser, Limits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  Json document() throws IOException, JsonRefused {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw TextErrors.at(
          parser,
          JsonRefused.Reason.MALFORMED,
          "document: empty (expected: one JSON value)",
          parser.currentLocation());
    }
    Json document = value(first, 0);
    if (parser.nextToken() != null) {
      throw malformed("after the document: more (expected: one JSON value)");
    }
    return document;
  }

  private Json value(@Nullable JsonToken token, int depth) throws IOException, JsonRefused {
    if (token == null) {
      throw malformed("document: ends early (expected: a value)");
    }
    return switch (token) {
      case START_OBJECT -> object(deeper(depth));
      case START_ARRAY -> array(deeper(depth));
      case VALUE_STRING -> string(parser.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue());
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      default -> throw malformed("value: " + token + " (expected: a JSON value)");
    };
  }

  private int deeper(int depth) throws JsonRefused {
    if (depth >= limits.depth()) {
      throw TextErrors.at(
          parser,
          JsonRefused.Reason.TOO_DEEP,
          "depth: %d (expected: at most %d)".formatted(depth + 1, limits.depth()));
    }
    return depth + 1;
  }

  private Json array(int depth) throws IOException, JsonRefused {
    int base = top;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      push("", value(token, depth));
    }
    return JsonArray.ofValues(popValues(base));
  }

  private Json object(int depth) throws IOException, JsonRefused {
    int base = top;
    Shape known = null;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      if (token != JsonToken.FIELD_NAME) {
        throw malformed("object: " + token + " (expected: a key)");
      }
      String key = parser.currentName();
      if (top == base) {
        known = shapes[slot(key)];
      }
      if (known == null || !known.has(top - base, key)) {
        known = null;
        quotedBytes(key, "key");
      }
      push(key, value(parser.nextToken(), depth));
    }
    return known != null && known.size() == top - base ? shaped(known, base) : shapeless(base);
  }

  private Json shaped(Shape shape, int base) {
    top = base;
    return shape.with(values, base);
  }

  private Json shapeless(int base) throws JsonRefused {
    int size = top - base;
    if (size == 0) {
      return JsonObject.empty();
    }
    if (size > Node.WIDTH) {
      return sorted(base);
    }
    Shape shape = Shape.of(keys, base, top);
    if (shape == null) {
      return sorted(base);
    }
    shapes[slot(keys[base])] = shape;
    return shaped(shape, base);
  }

  private static int slot(String firstKey) {
    return firstKey.hashCode() & (SHAPES - 1);
  }

  private Json sorted(int base) throws JsonRefused {
    Member[] members = new Member[top - base];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Member(keys[base + i], values[base + i]);
    }
    Arrays.sort(members);
    String[] sorted = new String[members.length];
    Object[] slots = new Object[members.length];
    for (int i = 0; i < members.length; i++) {
      sorted[i] = members[i].key();
      slots[i] = members[i].value();
      if (i > 0 && sorted[i].equals(sorted[i - 1])) {
        throw malformed(
            "key: \"%s\" twice (expected: unique keys)".formatted(Excerpt.of(sorted[i])));
      }
    }
    top = base;
    return JsonObject.ofSorted(sorted, slots);
  }

  private JsonString string(String text) throws JsonRefused {
    return JsonString.counted(text, quotedBytes(text, "string"));
  }

  private int quotedBytes(String text, String what) throws JsonRefused {
    int quoted = Utf8.quotedBytes(text);
    if (quoted == Utf8.LONE_SURROGATE) {
      throw malformed(what + ": lone surrogate (expected: Unicode text)");
    }
    if (quoted - 2 > limits.stringBytes() && Utf8.bytes(text) > limits.stringBytes()) {
      throw TextErrors.at(
          parser,
          JsonRefused.Reason.TOO_LARGE,
          "%s: %d bytes (expected: at most %d)"
              .formatted(what, Utf8.bytes(text), limits.stringBytes()));
    }
    return quoted;
  }

  private Json integer() throws IOException, JsonRefused {
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = parser.getLongValue();
      if (Math.abs(value) <= MAX_EXACT_INTEGER && value != Long.MIN_VALUE) {
        return JsonNumber.of((double) value);
      }
    }
    String digits = parser.getText();
    double nearest = Double.parseDouble(digits);
    if (Double.isFinite(nearest) && !keepsDigits(digits, nearest)) {
      throw malformed(
          "number: %s (expected: an integer a double can hold, at most 2^53)".formatted(digits));
    }
    return number(nearest);
  }

  /** Whether an integer beyond 2^53 is what its double stands for: exactly, or in the digits it is written with. */
  private static boolean keepsDigits(String digits, double nearest) {
    BigDecimal exact = new BigDecimal(digits);
    return exact.compareTo(new BigDecimal(nearest)) == 0
        || exact.compareTo(new BigDecimal(NumberText.of(nearest))) == 0;
  }

  private JsonNumber number(double value) throws JsonRefused {
    if (!Double.isFinite(value)) {
      throw malformed("number: beyond double range (expected: |n| < 1.8e308)");
    }
    return JsonNumber.of(value);
  }

  private void push(String key, Json value) {
    if (top == keys.length) {
      keys = Arrays.copyOf(keys, 2 * top);
      values = Arrays.copyOf(values, 2 * top);
    }
    keys[top] = key;
    values[top++] = value;
  }

  private Object[] popValues(int base) {
    Object[] popped = Arrays.copyOfRange(values, base, top, Object[].class);
    top = base;
    return popped;
  }

  private JsonRefused malformed(String detail) {
    return TextErrors.at(parser, JsonRefused.Reason.MALFORMED, detail);
  }

  private record Member(String key, Json value) implements Comparable<Member> {
    @Override
    public int compareTo(Member other) {
      return key.compareTo(other.key);
    }
  }
}
