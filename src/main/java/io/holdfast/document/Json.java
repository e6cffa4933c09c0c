package io.holdfast.document;

/**
 * An immutable JSON value. Equality is by value (numbers as IEEE doubles, so {@code 1} equals {@code 1.0}); two values that
 * share structure compare in the time of what they do not share.
 */
public sealed interface Json
    permits JsonNull, JsonBoolean, JsonNumber, JsonString, JsonArray, JsonObject {

  /** Length in bytes of the canonical encoding (RFC 8785, UTF-8); kept with the value, so O(1). */
  int encodedBytes();

  /** 0 for scalars, 1 more than the deepest child for containers (1 for an empty one); O(1). */
  int depth();
}
