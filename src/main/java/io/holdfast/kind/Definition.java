package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One object of a kind file, read strictly: every refusal names the file, the place and what belongs there. */
record Definition(String file, String pointer, JsonObject object) {
  /** Refuses members beside these. */
  void allowOnly(List<String> names) throws KindRefused {
    for (Map.Entry<String, Json> member : object.members()) {
      String name = member.getKey();
      if (!names.contains(name)) {
        String expected = Nearest.to(name, names).orElse("one of " + String.join(", ", names));
        throw refused(
            Tokens.child(pointer, name),
            "member: %s (expected: %s)".formatted(Shown.text(name), expected));
      }
    }
  }

  boolean has(String name) {
    return object.has(name);
  }

  Optional<String> string(String name) throws KindRefused {
    Optional<Json> value = object.member(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonString string) {
      return Optional.of(string.value());
    }
    throw wrong(name, "a string");
  }

  int integer(String name, int otherwise, int most) throws KindRefused {
    Optional<Json> value = object.member(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get() instanceof JsonNumber number
        && number.isSafeInteger()
        && number.value() >= 1
        && number.value() <= most) {
      return (int) number.value();
    }
    throw wrong(name, "an integer, 1 … " + most);
  }

  Duration duration(String name, Duration otherwise) throws KindRefused {
    Optional<String> text = string(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    return Durations.parse(text.get())
        .orElseThrow(() -> wrong(name, "a duration such as 500ms, 30s, 5m, 1h or 7d"));
  }

  /** The object of that name; empty if there is none. */
  Definition object(String name) throws KindRefused {
    Json value = object.member(name).orElse(JsonObject.empty());
    if (value instanceof JsonObject inner) {
      return new Definition(file, Tokens.child(pointer, name), inner);
    }
    throw wrong(name, "an object");
  }

  /** An array of strings; empty if there is none. */
  List<String> strings(String name) throws KindRefused {
    Json value = object.member(name).orElse(JsonArray.empty());
    if (!(value instanceof JsonArray array)) {
      throw wrong(name, "an array of strings");
    }
    List<String> strings = new ArrayList<>();
    for (Json element : array) {
      if (!(element instanceof JsonString string)) {
        String at = Tokens.child(pointer, name) + "/" + strings.size();
        throw refused(at, "%s: %s (expected: a string)".formatted(name, Shown.value(element)));
      }
      strings.add(string.value());
    }
    return strings;
  }

  /** The refusal of a member that is there but wrong. */
  KindRefused wrong(String name, String expected) {
    String actual = object.member(name).map(Shown::value).orElse("missing");
    return refused(
        Tokens.child(pointer, name), "%s: %s (expected: %s)".formatted(name, actual, expected));
  }

  /** A refusal at a pointer into the file; a newline in a detail would break the one line. */
  KindRefused refused(String at, String detail) {
    String line = (at.isEmpty() ? "%s: %s%s" : "%s: %s: %s").formatted(file, at, detail);
    return new KindRefused(line.replaceAll("\\R", " "));
  }
}
