package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.Limits;
import java.time.Instant;
import java.util.Optional;

/** Looks into JSON answers without trusting their shape. */
final class Reading {
  /** Far above what a server stores: the server's limits decide, not the client's. */
  static final Limits LIMITS = new Limits(1000, 1 << 30, 1 << 30);

  private Reading() {}

  static Optional<String> text(Json json, String member) {
    return member(json, member)
        .flatMap(value ->
            value instanceof JsonString text ? Optional.of(text.value()) : Optional.empty());
  }

  static Optional<Long> number(Json json, String member) {
    return member(json, member)
        .flatMap(value -> value instanceof JsonNumber number
            ? Optional.of((long) number.value())
            : Optional.empty());
  }

  static Optional<JsonObject> object(Json json, String member) {
    return member(json, member)
        .flatMap(
            value -> value instanceof JsonObject object ? Optional.of(object) : Optional.empty());
  }

  /** The array under {@code member}, the value itself if it is one, else an empty array. */
  static JsonArray array(Json json, String member) {
    if (json instanceof JsonArray array) {
      return array;
    }
    return member(json, member).orElse(JsonArray.empty()) instanceof JsonArray array
        ? array
        : JsonArray.empty();
  }

  /** A moment written as milliseconds since 1970 or as ISO 8601, in ISO 8601. */
  static Optional<String> moment(Json json, String member) {
    Optional<String> millis =
        number(json, member).map(ms -> Instant.ofEpochMilli(ms).toString());
    return millis.isPresent() ? millis : text(json, member);
  }

  static Optional<Json> member(Json json, String member) {
    return json instanceof JsonObject object ? object.member(member) : Optional.empty();
  }
}
