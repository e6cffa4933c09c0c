package io.holdfast.kind;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonObject;
import java.net.URI;
import java.util.Comparator;

/** The published meta-schema of JSON Schema 2020-12, which says what a schema may look like. */
final class MetaSchema {
  private static final URI DRAFT = URI.create("https://json-schema.org/draft/2020-12/schema");
  private static final Validator VALIDATOR = new ValidatorFactory()
      .withJsonNodeFactory(MetaSchemaNode.FACTORY)
      .withSchemaResolver(uri -> SchemaResolver.Result.empty())
      .createValidator();

  private MetaSchema() {}

  /** Refuses what is no schema, at the deepest place that is wrong. */
  static void check(Json schema) throws SchemaRefused {
    Validator.Result result = VALIDATOR.validate(DRAFT, new MetaSchemaNode(schema, ""));
    if (!result.isValid()) {
      throw refused(
          schema,
          result.getErrors().stream()
              .map(Error::getInstanceLocation)
              .max(Comparator.comparingInt(pointer -> Tokens.of(pointer).size()))
              .orElse(""));
    }
  }

  private static SchemaRefused refused(Json schema, String pointer) {
    String label = pointer.isEmpty() ? "schema" : Tokens.label(pointer);
    String expected = Keyword.expectedAt(Tokens.of(pointer));
    return new SchemaRefused(
        pointer,
        "%s: %s (expected: %s)".formatted(label, Shown.value(at(schema, pointer)), expected));
  }

  /** What stands at a pointer known to lead somewhere; no keyed tokens. */
  private static Json at(Json root, String pointer) {
    Json value = root;
    for (String token : Tokens.of(pointer)) {
      value = value instanceof JsonArray array
          ? array.element(Integer.parseInt(token))
          : ((JsonObject) value).member(token).orElse(JsonNull.NULL);
    }
    return value;
  }
}
