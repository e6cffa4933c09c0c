package io.holdfast.entity;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import io.holdfast.document.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A JSON object another node wrote: what is missing or of another type throws {@link IllegalArgumentException}; what is more is ignored. */
record Members(JsonObject object) {
  private static final Limits WIRE = new Limits(96, 1 << 26, Part.MOST_MESSAGE_BYTES);

  static Members read(byte[] utf8) {
    try {
      return of(JsonReader.read(utf8, WIRE));
    } catch (JsonRefused refused) {
      throw new IllegalArgumentException("message: " + refused.getMessage(), refused);
    }
  }

  static Members of(Json value) {
    return new Members(typed("message", value, JsonObject.class));
  }

  private static <T> T typed(String name, Json value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("%s: %s (expected: a %s)"
          .formatted(name, value.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(value);
  }

  boolean has(String name) {
    return object.has(name);
  }

  Json value(String name) {
    return object
        .member(name)
        .orElseThrow(() -> new IllegalArgumentException(name + ": missing (expected: a value)"));
  }

  String text(String name) {
    return typed(name, value(name), JsonString.class).value();
  }

  long number(String name) {
    return (long) typed(name, value(name), JsonNumber.class).value();
  }

  boolean flag(String name) {
    return object.member(name).map(value -> value == JsonBoolean.TRUE).orElse(false);
  }

  Optional<Members> object(String name) {
    return object.member(name).map(Members::of);
  }

  <T> List<T> list(String name, Function<Json, T> element) {
    JsonArray array = typed(name, value(name), JsonArray.class);
    List<T> all = new ArrayList<>(array.size());
    array.forEach(value -> all.add(element.apply(value)));
    return all;
  }

  <T> List<T> objects(String name, Function<Members, T> element) {
    return list(name, value -> element.apply(of(value)));
  }

  List<String> texts(String name) {
    return list(name, value -> typed(name, value, JsonString.class).value());
  }
}
