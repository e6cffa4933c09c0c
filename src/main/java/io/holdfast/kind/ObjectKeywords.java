package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The keywords for objects that look at which members there are; whatever is no object meets them. */
final class ObjectKeywords {
  private ObjectKeywords() {}

  static Constraint minProperties(Json keyword) {
    double least = NumberKeywords.number(keyword);
    String expected = "at least " + Shown.count((long) least, "member");
    return value -> value instanceof JsonObject object && object.size() < least
        ? Failure.of(Shown.value(value), expected)
        : Optional.empty();
  }

  static Constraint maxProperties(Json keyword) {
    double most = NumberKeywords.number(keyword);
    String expected = "at most " + Shown.count((long) most, "member");
    return value -> value instanceof JsonObject object && object.size() > most
        ? Failure.of(Shown.value(value), expected)
        : Optional.empty();
  }

  static Constraint required(Json keyword) {
    List<String> names = ValueKeywords.strings(keyword);
    return value ->
        value instanceof JsonObject object ? missing(object, names, "present") : Optional.empty();
  }

  static Constraint dependentRequired(Json keyword) {
    Map<String, List<String>> names = new TreeMap<>();
    ((JsonObject) keyword)
        .forEach((trigger, required) -> names.put(trigger, ValueKeywords.strings(required)));
    return value -> value instanceof JsonObject object ? missing(object, names) : Optional.empty();
  }

  private static Optional<Failure> missing(JsonObject object, Map<String, List<String>> names) {
    for (Map.Entry<String, List<String>> dependency : names.entrySet()) {
      if (object.has(dependency.getKey())) {
        String expected = "present where %s is".formatted(dependency.getKey());
        Optional<Failure> failure = missing(object, dependency.getValue(), expected);
        if (failure.isPresent()) {
          return failure;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> missing(JsonObject object, List<String> names, String expected) {
    for (String name : names) {
      if (!object.has(name)) {
        return Failure.of("missing", expected).map(failure -> failure.under(name));
      }
    }
    return Optional.empty();
  }

  /** {@code dependentSchemas}: with a member there, the whole object has to meet a schema. */
  record Dependent(Map<String, SchemaNode> schemas) implements Constraint {
    @Override
    public Optional<Failure> check(Json value) {
      return value instanceof JsonObject object
          ? check(JsonObject.empty(), object, false)
          : Optional.empty();
    }

    @Override
    public Optional<Failure> check(Json before, Json after) {
      if (before instanceof JsonObject was && after instanceof JsonObject is) {
        return check(was, is, true);
      }
      return check(after);
    }

    private Optional<Failure> check(JsonObject before, JsonObject after, boolean known) {
      for (Map.Entry<String, SchemaNode> each : schemas.entrySet()) {
        if (!after.has(each.getKey())) {
          continue;
        }
        boolean met = known && before.has(each.getKey());
        Optional<Failure> failure =
            met ? each.getValue().check(before, after) : each.getValue().check(after);
        if (failure.isPresent()) {
          return failure;
        }
      }
      return Optional.empty();
    }

    @Override
    public void mark(Json value, Evaluated evaluated) {
      if (value instanceof JsonObject object) {
        schemas.forEach((trigger, schema) -> {
          if (object.has(trigger)) {
            schema.mark(value, evaluated);
          }
        });
      }
    }

    @Override
    public boolean marksAtOnce() {
      return schemas.values().stream().allMatch(Constraint::marksAtOnce);
    }

    @Override
    public boolean isBounded(Set<SchemaNode> above) {
      return schemas.values().stream().allMatch(schema -> schema.isBounded(above));
    }
  }
}
