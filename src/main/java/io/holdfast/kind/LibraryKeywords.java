package io.holdfast.kind;

import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The library's keywords that search texts or compare all elements, replaced by ones whose cost is bounded. */
final class LibraryKeywords implements EvaluatorFactory {
  @Override
  public Optional<Evaluator> create(SchemaParsingContext context, String keyword, JsonNode value) {
    return switch (keyword) {
      case "pattern" -> value.isString()
          ? Optional.of(evaluator(StringKeywords.pattern(Regex.compile(value.asString()))))
          : Optional.empty();
      case "uniqueItems" -> value.isBoolean() && value.asBoolean()
          ? Optional.of(evaluator(new UniqueItems()))
          : Optional.empty();
      case "patternProperties" -> value.isObject()
          ? Optional.of(patternProperties(context, value))
          : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Only failures with a text are told on. */
  private static Evaluator evaluator(Constraint constraint) {
    return (context, node) -> constraint
        .check(((LibraryNode) node).value())
        .map(failure -> Evaluator.Result.failure(failure.expected()))
        .orElseGet(Evaluator.Result::success);
  }

  /** Its result tells the library which members it looked at. */
  private static Evaluator patternProperties(SchemaParsingContext context, JsonNode value) {
    Map<Regex, String> schemas = new LinkedHashMap<>();
    value
        .asObject()
        .forEach(
            (name, schema) -> schemas.put(Regex.compile(name), context.getAbsoluteUri(schema)));
    return (evaluation, node) -> {
      Set<String> matched = new LinkedHashSet<>();
      boolean valid = !node.isObject() || allMeet(evaluation, node, schemas, matched);
      return valid ? Evaluator.Result.success(matched) : Evaluator.Result.failure();
    };
  }

  private static boolean allMeet(
      EvaluationContext evaluation,
      JsonNode node,
      Map<Regex, String> schemas,
      Set<String> matched) {
    boolean valid = true;
    for (Map.Entry<String, JsonNode> member : node.asObject().entrySet()) {
      for (Map.Entry<Regex, String> schema : schemas.entrySet()) {
        if (schema.getKey().find(member.getKey()) != Regex.Search.MISSING) {
          matched.add(member.getKey());
          valid &= evaluation.resolveInternalRefAndValidate(schema.getValue(), member.getValue());
        }
      }
    }
    return valid;
  }
}
