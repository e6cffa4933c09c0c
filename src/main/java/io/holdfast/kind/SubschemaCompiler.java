package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Compiles the keywords of one schema object. */
final class SubschemaCompiler {
  private final SchemaCompiler compiler;
  private final SchemaNode node;
  private final SchemaIndex.Place place;
  private final JsonObject schema;
  private final List<Constraint> constraints;

  SubschemaCompiler(SchemaCompiler compiler, SchemaNode node, SchemaIndex.Place place) {
    this.compiler = compiler;
    this.node = node;
    this.place = place;
    this.schema = (JsonObject) place.schema();
    this.constraints = PlainKeywords.of(schema);
  }

  List<Constraint> constraints() throws SchemaRefused {
    addPattern();
    addReferences();
    addMembers();
    addElements();
    constraints.addAll(inPlace("allOf"));
    addChoice("anyOf", false);
    addChoice("oneOf", true);
    addNot();
    addCondition();
    addDependent();
    addUnevaluated("unevaluatedProperties", Types.OBJECT);
    addUnevaluated("unevaluatedItems", Types.ARRAY);
    return constraints;
  }

  private void addPattern() throws SchemaRefused {
    Optional<Json> pattern = schema.member("pattern");
    if (pattern.isPresent()) {
      constraints.add(
          StringKeywords.pattern(regex(((JsonString) pattern.get()).value(), at("pattern"))));
    }
  }

  private void addReferences() throws SchemaRefused {
    for (String keyword : List.of("$ref", "$dynamicRef")) {
      Optional<Json> reference = schema.member(keyword);
      if (reference.isPresent()) {
        String target = ((JsonString) reference.get()).value();
        SchemaNode referred =
            compiler.node(compiler.index().resolve(place, keyword, target).pointer());
        compiler.inPlace().add(node, referred);
        constraints.add(referred);
      }
    }
  }

  private void addMembers() throws SchemaRefused {
    if (schema.member("propertyNames").isPresent()) {
      constraints.add(new MemberNames(compiler.node(at("propertyNames"))));
    }
    Map<String, SchemaNode> named = byName("properties");
    List<Members.Pattern> patterns = new ArrayList<>();
    for (Map.Entry<String, SchemaNode> pattern : byName("patternProperties").entrySet()) {
      String at = Tokens.child(at("patternProperties"), pattern.getKey());
      patterns.add(new Members.Pattern(regex(pattern.getKey(), at), pattern.getValue()));
    }
    Optional<SchemaNode> others = single("additionalProperties");
    if (!named.isEmpty() || !patterns.isEmpty() || others.isPresent()) {
      constraints.add(new Members(named, patterns, others));
    }
  }

  private void addElements() throws SchemaRefused {
    List<SchemaNode> prefix = list("prefixItems");
    Optional<SchemaNode> rest = single("items");
    if (!prefix.isEmpty() || rest.isPresent()) {
      constraints.add(new Elements(prefix, rest));
    }
    Optional<SchemaNode> contained = single("contains");
    if (contained.isPresent()) {
      double least = schema.member("minContains").map(NumberKeywords::number).orElse(1.0);
      double most =
          schema.member("maxContains").map(NumberKeywords::number).orElse(Double.MAX_VALUE);
      constraints.add(new ArrayKeywords.Contains(contained.get(), least, most));
      compiler.whole().suspect(at("contains"), () -> node.canBe(Types.ARRAY));
    }
  }

  private void addChoice(String keyword, boolean exactlyOne) throws SchemaRefused {
    List<SchemaNode> branches = inPlace(keyword);
    if (!branches.isEmpty()) {
      Choice choice = new Choice(branches, exactlyOne);
      constraints.add(choice);
      compiler
          .whole()
          .suspect(
              at(keyword), () -> rejudges(choice, Types.ARRAY) || rejudges(choice, Types.OBJECT));
    }
  }

  private boolean rejudges(Choice choice, int type) {
    return node.canBe(type) && choice.rejudges(type);
  }

  private void addNot() throws SchemaRefused {
    Optional<SchemaNode> excluded = inPlaceSingle("not");
    if (excluded.isPresent()) {
      constraints.add(new Not(excluded.get()));
      compiler.whole().suspect(at("not"), () -> growsWithValue(excluded.get()));
    }
  }

  private void addCondition() throws SchemaRefused {
    Optional<SchemaNode> test = inPlaceSingle("if");
    Optional<SchemaNode> then = inPlaceSingle("then");
    Optional<SchemaNode> otherwise = inPlaceSingle("else");
    if (test.isPresent() && (then.isPresent() || otherwise.isPresent())) {
      constraints.add(new Condition(test.get(), then, otherwise));
      compiler.whole().suspect(at("if"), () -> growsWithValue(test.get()));
    }
  }

  private boolean growsWithValue(SchemaNode inner) {
    return (node.types() & inner.types() & Types.CONTAINER) != 0
        && !Bounds.areBounded(List.of(inner));
  }

  private void addDependent() throws SchemaRefused {
    Map<String, SchemaNode> dependent = byName("dependentSchemas");
    if (!dependent.isEmpty()) {
      dependent.values().forEach(each -> compiler.inPlace().add(node, each));
      constraints.add(new ObjectKeywords.Dependent(dependent));
    }
  }

  /** What is unevaluated hangs on everything beside it, so the library judges the whole schema object; the rest here explains better. */
  private void addUnevaluated(String keyword, int type) {
    if (schema.has(keyword)) {
      constraints.add(new Delegated(compiler.library(), place.pointer()));
      compiler.whole().suspect(at(keyword), () -> node.canBe(type));
    }
  }

  private Optional<SchemaNode> single(String keyword) throws SchemaRefused {
    return schema.has(keyword) ? Optional.of(compiler.node(at(keyword))) : Optional.empty();
  }

  private Optional<SchemaNode> inPlaceSingle(String keyword) throws SchemaRefused {
    Optional<SchemaNode> single = single(keyword);
    single.ifPresent(inner -> compiler.inPlace().add(node, inner));
    return single;
  }

  private List<SchemaNode> inPlace(String keyword) throws SchemaRefused {
    List<SchemaNode> list = list(keyword);
    list.forEach(inner -> compiler.inPlace().add(node, inner));
    return list;
  }

  private List<SchemaNode> list(String keyword) throws SchemaRefused {
    List<SchemaNode> list = new ArrayList<>();
    if (schema.member(keyword).orElse(JsonArray.empty()) instanceof JsonArray schemas) {
      for (int i = 0; i < schemas.size(); i++) {
        list.add(compiler.node(at(keyword) + "/" + i));
      }
    }
    return list;
  }

  private Map<String, SchemaNode> byName(String keyword) throws SchemaRefused {
    Map<String, SchemaNode> byName = new LinkedHashMap<>();
    if (schema.member(keyword).orElse(JsonObject.empty()) instanceof JsonObject schemas) {
      for (Map.Entry<String, Json> each : schemas.members()) {
        byName.put(each.getKey(), compiler.node(Tokens.child(at(keyword), each.getKey())));
      }
    }
    return byName;
  }

  private String at(String keyword) {
    return Tokens.child(place.pointer(), keyword);
  }

  private static Regex regex(String source, String pointer) throws SchemaRefused {
    try {
      return Regex.compile(source);
    } catch (PatternSyntaxException malformed) {
      throw new SchemaRefused(
          pointer,
          "pattern: %s: %s (expected: a regular expression)"
              .formatted(Shown.text(source), malformed.getDescription()));
    }
  }
}
