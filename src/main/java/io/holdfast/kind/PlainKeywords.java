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
    ALL.put("type", ValueKeywords::type);
    ALL.put("const", ValueKeywords::constant);
    ALL.put("enum", ValueKeywords::oneOf);
    ALL.put("required", ObjectKeywords::required);
    ALL.put("dependentRequired", ObjectKeywords::dependentRequired);
    ALL.put("minProperties", ObjectKeywords::minProperties);
    ALL.put("maxProperties", ObjectKeywords::maxProperties);
    ALL.put("minItems", ArrayKeywords::minItems);
    ALL.put("maxItems", ArrayKeywords::maxItems);
    ALL.put("minLength", StringKeywords::minLength);
    ALL.put("maxLength", StringKeywords::maxLength);
    ALL.put("minimum", NumberKeywords::minimum);
    ALL.put("exclusiveMinimum", NumberKeywords::exclusiveMinimum);
    ALL.put("maximum", NumberKeywords::maximum);
    ALL.put("exclusiveMaximum", NumberKeywords::exclusiveMaximum);
    ALL.put("multipleOf", NumberKeywords::multipleOf);
  }

  private PlainKeywords() {}

  static List<Constraint> of(JsonObject schema) {
    List<Constraint> constraints = new ArrayList<>();
    ALL.forEach((name, compile) -> schema.member(name).map(compile).ifPresent(constraints::add));
    schema
        .member("uniqueItems")
        .filter(JsonBoolean.TRUE::equals)
        .ifPresent(on -> constraints.add(new UniqueItems()));
    return constraints;
  }
}
