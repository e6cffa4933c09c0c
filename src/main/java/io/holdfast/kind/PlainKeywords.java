package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The keywords that need nothing but their own value. */
final class PlainKeywords {
  /** The most telling ones first: the first failure is the one people read. */
  private static final Map<String, Function<Json, Constraint>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("type", Values::type);
    ALL.put("const", Values::constant);
    ALL.put("enum", Values::oneOf);
    ALL.put("required", Objects::required);
    ALL.put("dependentRequired", Objects::dependentRequired);
    ALL.put("minProperties", Objects::minProperties);
    ALL.put("maxProperties", Objects::maxProperties);
    ALL.put("minItems", Arrays::minItems);
    ALL.put("maxItems", Arrays::maxItems);
    ALL.put("minLength", Strings::minLength);
    ALL.put("maxLength", Strings::maxLength);
    ALL.put("minimum", Numbers::minimum);
    ALL.put("exclusiveMinimum", Numbers::exclusiveMinimum);
    ALL.put("maximum", Numbers::maximum);
    ALL.put("exclusiveMaximum", Numbers::exclusiveMaximum);
    ALL.put("multipleOf", Numbers::multipleOf);
  }

  private PlainKeywords() {}

  static List<Constraint> of(JsonObject schema) {
    List<Constraint> constraints = new ArrayList<>();
    ALL.forEach((name, compile) -> schema.member(name).map(compile).ifPresent(constraints::add));
    schema.member("uniqueItems").filter(JsonBoolean.TRUE::equals).ifPresent(on -> constraints.add(new UniqueItems()));
    return constraints;
  }
}
