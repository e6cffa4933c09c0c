package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keywords for any value: {@code type}, {@code enum}, {@code const}. */
final class ValueKeywords {
  private ValueKeywords() {}

  static Constraint type(Json keyword) {
    int allowed = Types.NONE;
    for (String name : strings(keyword)) {
      allowed |= Types.named(name);
    }
    return new OfType(allowed);
  }

  static Constraint oneOf(Json keyword) {
    Set<Json> values = new LinkedHashSet<>();
    ((JsonArray) keyword).forEach(values::add);
    return new OneOf(values);
  }

  static Constraint constant(Json keyword) {
    return new OneOf(Set.of(keyword));
  }

  /** A string, or an array's strings. */
  static List<String> strings(Json keyword) {
    List<String> strings = new ArrayList<>();
    if (keyword instanceof JsonString string) {
      strings.add(string.value());
    } else if (keyword instanceof JsonArray array) {
      array.forEach(element -> strings.addAll(strings(element)));
    }
    return strings;
  }

  /** The keyword {@code "type"}; the schema {@code false} has no type at all. */
  record OfType(int types) implements Constraint {
    @Override
    public Optional<Failure> check(Json value) {
      if ((types & Types.of(value)) != 0) {
        return Optional.empty();
      }
      return types == Types.NONE
          ? Failure.of("not allowed", "nothing here")
          : Failure.of(Shown.value(value), Types.describe(types));
    }
  }

  private record OneOf(Set<Json> values) implements Constraint {
    @Override
    public Optional<Failure> check(Json value) {
      if (values.contains(value)) {
        return Optional.empty();
      }
      List<String> shown = values.stream().map(Shown::value).toList();
      return Failure.of(
          Shown.value(value), (shown.size() == 1 ? "" : "one of ") + Shown.choices(shown));
    }

    @Override
    public int types() {
      return values.stream().mapToInt(Types::of).reduce(Types.NONE, (all, one) -> all | one);
    }
  }
}
