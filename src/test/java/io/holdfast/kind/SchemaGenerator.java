package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random schemas over few names and small values, so that documents meet them often, but not always. */
final class SchemaGenerator {
  private static final List<String> TYPES =
      List.of("object", "array", "string", "number", "integer", "boolean", "null");
  private static final List<String> PATTERNS = List.of("^a", "b", "^[ab]*$", "c$");

  private final Random random;
  private final Documents documents;
  private final boolean exotic;

  /** With {@code exotic} also keywords that only the library judges. */
  SchemaGenerator(Random random, boolean exotic) {
    this.random = random;
    this.documents = new Documents(random);
    this.exotic = exotic;
  }

  /** A schema document: some definitions, which may refer to each other from deeper places, and a root that uses them. */
  Json document() {
    JsonObject definitions = JsonObject.empty();
    for (String name : List.of("x", "y")) {
      definitions = definitions.with(name, schema(1, true));
    }
    Json root = schema(3, false);
    return root instanceof JsonObject object ? object.with("$defs", definitions) : root;
  }

  private Json schema(int depth, boolean inPlaceOfDefinition) {
    if (random.nextInt(20) == 0) {
      return JsonBoolean.of(random.nextInt(4) != 0);
    }
    JsonObject schema = JsonObject.empty();
    int keywords = 1 + random.nextInt(3);
    for (int i = 0; i < keywords; i++) {
      schema = withKeyword(schema, depth, inPlaceOfDefinition);
    }
    return schema;
  }

  private JsonObject withKeyword(JsonObject schema, int depth, boolean inPlaceOfDefinition) {
    int pick = random.nextInt(depth > 0 ? 10 : 3);
    if (pick < 2) {
      return scalar(schema);
    }
    if (pick == 2 && !inPlaceOfDefinition) {
      return schema.with("$ref", JsonString.of("#/$defs/" + (random.nextBoolean() ? "x" : "y")));
    }
    if (depth == 0) {
      return scalar(schema);
    }
    if (pick < 5) {
      return members(schema, depth - 1, inPlaceOfDefinition);
    }
    return pick < 8
        ? elements(schema, depth - 1)
        : combination(schema, depth - 1, inPlaceOfDefinition);
  }

  private JsonObject scalar(JsonObject schema) {
    return switch (random.nextInt(12)) {
      case 0, 1 -> schema.with("type", type());
      case 2 -> schema.with("enum", JsonArray.of(distinct(documents::value)));
      case 3 -> schema.with("const", documents.value());
      case 4 -> schema.with(
          one("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), number(4));
      case 5 -> schema.with("multipleOf", JsonNumber.of(random.nextBoolean() ? 2 : 0.5));
      case 6 -> schema.with(one("minLength", "maxLength"), number(4));
      case 7 -> schema.with("pattern", JsonString.of(one(PATTERNS)));
      case 8 -> schema.with(
          one("minItems", "maxItems", "minProperties", "maxProperties"), number(4));
      case 9 -> schema.with("uniqueItems", JsonBoolean.of(true));
      case 10 -> schema.with("required", names());
      default -> schema.with(
          "dependentRequired", JsonObject.empty().with(documents.name(), names()));
    };
  }

  private JsonObject members(JsonObject schema, int depth, boolean definition) {
    return switch (random.nextInt(exotic ? 7 : 6)) {
      case 0, 1 -> schema.with("properties", byName(depth, false, documents::name));
      case 2 -> schema.with("patternProperties", byName(depth, false, () -> one(PATTERNS)));
      case 3 -> schema.with("additionalProperties", schema(depth, false));
      case 4 -> schema.with("propertyNames", scalar(JsonObject.empty()));
      case 5 -> schema.with("dependentSchemas", byName(depth, definition, documents::name));
      default -> schema.with("unevaluatedProperties", schema(depth, false));
    };
  }

  private JsonObject elements(JsonObject schema, int depth) {
    return switch (random.nextInt(exotic ? 6 : 5)) {
      case 0, 1, 2 -> schema.with("items", schema(depth, false));
      case 3 -> schema.with("prefixItems", list(depth, false));
      case 4 -> contains(schema, depth);
      default -> schema.with("unevaluatedItems", schema(depth, false));
    };
  }

  private JsonObject contains(JsonObject schema, int depth) {
    JsonObject with = schema.with("contains", schema(depth, false));
    return random.nextBoolean() ? with : with.with(one("minContains", "maxContains"), number(3));
  }

  private JsonObject combination(JsonObject schema, int depth, boolean definition) {
    return switch (random.nextInt(5)) {
      case 0 -> schema.with("allOf", list(depth, definition));
      case 1 -> schema.with("anyOf", list(depth, definition));
      case 2 -> schema.with("oneOf", list(depth, definition));
      case 3 -> schema.with("not", schema(depth, definition));
      default -> condition(schema, depth, definition);
    };
  }

  private JsonObject condition(JsonObject schema, int depth, boolean definition) {
    JsonObject with = schema.with("if", schema(depth, definition));
    for (String consequence : List.of("then", "else")) {
      with = random.nextInt(3) == 0 ? with : with.with(consequence, schema(depth, definition));
    }
    return with;
  }

  private Json type() {
    return random.nextBoolean()
        ? JsonString.of(one(TYPES))
        : JsonArray.of(distinct(() -> JsonString.of(one(TYPES))));
  }

  private Json list(int depth, boolean definition) {
    List<Json> schemas = new ArrayList<>();
    int size = 1 + random.nextInt(2);
    for (int i = 0; i < size; i++) {
      schemas.add(schema(depth, definition));
    }
    return JsonArray.of(schemas);
  }

  private Json byName(int depth, boolean definition, Supplier<String> name) {
    JsonObject byName = JsonObject.empty();
    int size = 1 + random.nextInt(2);
    for (int i = 0; i < size; i++) {
      byName = byName.with(name.get(), schema(depth, definition));
    }
    return byName;
  }

  private Json names() {
    return JsonArray.of(distinct(() -> JsonString.of(documents.name())));
  }

  private List<Json> distinct(Supplier<Json> values) {
    List<Json> distinct = new ArrayList<>();
    int size = 1 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      Json value = values.get();
      if (!distinct.contains(value)) {
        distinct.add(value);
      }
    }
    return distinct;
  }

  private Json number(int bound) {
    return JsonNumber.of(random.nextInt(bound));
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
