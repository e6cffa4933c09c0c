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
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The full JSON Schema library: for the meta-schema, and for the few keywords whose verdict hangs on how others came to theirs. */
final class Library {
  private static final URI META_SCHEMA = URI.create("https://json-schema.org/draft/2020-12/schema");
  private static final URI ROOT = URI.create("holdfast://schema/");
  private static final Validator STANDARD = factory().createValidator();

  private final Validator validator =
      factory().withDisabledSchemaValidation(true).createValidator();

  private Library() {}

  /** Refuses what is no 2020-12 schema. */
  static void checkSchema(Json schema) throws SchemaRefused {
    Validator.Result result = STANDARD.validate(META_SCHEMA, new LibraryNode(schema, ""));
    if (!result.isValid()) {
      throw refused(
          schema, deepest(result.getErrors()).map(Error::getInstanceLocation).orElse(""));
    }
  }

  /** Knows the schema whose parts {@link #check} is asked about. */
  static Library of(Json schema) {
    Library library = new Library();
    library.validator.registerSchema(ROOT, new LibraryNode(schema, ""));
    return library;
  }

  /** Checks against the subschema at a pointer of the schema. */
  Optional<Failure> check(String pointer, Json value) {
    Validator.Result result = validator.validate(place(pointer), new LibraryNode(value, ""));
    return result.isValid()
        ? Optional.empty()
        : Optional.of(failure(value, deepest(result.getErrors())));
  }

  private static ValidatorFactory factory() {
    return new ValidatorFactory()
        .withJsonNodeFactory(LibraryNode.FACTORY)
        .withEvaluatorFactory(new LibraryKeywords())
        .withSchemaResolver(uri -> SchemaResolver.Result.empty());
  }

  private static URI place(String pointer) {
    try {
      return pointer.isEmpty()
          ? ROOT
          : new URI(ROOT.getScheme(), ROOT.getHost(), ROOT.getPath(), pointer);
    } catch (URISyntaxException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  private static Optional<Error> deepest(List<Error> errors) {
    return errors.stream()
        .max(Comparator.comparingInt(
            error -> Tokens.of(error.getInstanceLocation()).size()));
  }

  private static Failure failure(Json value, Optional<Error> error) {
    String pointer = error.map(Error::getInstanceLocation).orElse("");
    String path = error.map(Error::getEvaluationPath).orElse("");
    if (path.contains("/unevaluated")) {
      return new Failure(pointer, "not allowed", "only what the schema names");
    }
    List<String> keywords = Tokens.of(path);
    String keyword = keywords.isEmpty() ? "schema" : keywords.get(keywords.size() - 1);
    return new Failure(
        pointer,
        Shown.value(at(value, pointer)),
        "what the schema's %s asks for".formatted(keyword));
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
