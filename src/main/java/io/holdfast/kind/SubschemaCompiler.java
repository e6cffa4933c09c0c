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
  private final Map<String, String> scope;
  private final JsonObject schema;
  private final List<Constraint> constraints;

  SubschemaCompiler(
      SchemaCompiler compiler,
      SchemaNode node,
      SchemaIndex.Place place,
      Map<String, String> scope) {
    this.compiler = compiler;
    this.node = node;
    this.place = place;
    this.scope = scope;
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
    Optional<Json> fixed = schema.member("$ref");
    if (fixed.isPresent()) {
      addReference(compiler.index().resolve(place, "$ref", ((JsonString) fixed.get()).value()));
    }
    Optional<Json> dynamic = schema.member("$dynamicRef");
    if (dynamic.isPresent()) {
      addReference(compiler.index().resolve(place, ((JsonString) dynamic.get()).value(), scope));
    }
  }

  private void addReference(SchemaIndex.Place target) throws SchemaRefused {
    SchemaNode referred = compiler.node(target.pointer(), scope);
    compiler.inPlace().add(node, referred);
    constraints.add(referred);
  }

  private void addMembers() throws SchemaRefused {
    if (schema.member("propertyNames").isPresent()) {
      constraints.add(new MemberNames(child("propertyNames")));
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
    if (test.isPresent()) {
      constraints.add(new Condition(test.get(), then, otherwise));
    }
    if (test.isPresent() && (then.isPresent() || otherwise.isPresent())) {
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

  private void addUnevaluated(String keyword, int type) throws SchemaRefused {
    Optional<SchemaNode> rest = single(keyword);
    if (rest.isPresent()) {
      Unevaluated unevaluated = new Unevaluated(constraints, rest.get(), type);
      constraints.add(unevaluated);
      compiler.whole().suspect(at(keyword), () -> node.canBe(type) && unevaluated.rejudges());
    }
  }

  private SchemaNode child(String keyword) throws SchemaRefused {
    return compiler.node(at(keyword), scope);
  }

  private Optional<SchemaNode> single(String keyword) throws SchemaRefused {
    return schema.has(keyword) ? Optional.of(child(keyword)) : Optional.empty();
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
        list.add(compiler.node(at(keyword) + "/" + i, scope));
      }
    }
    return list;
  }

  private Map<String, SchemaNode> byName(String keyword) throws SchemaRefused {
    Map<String, SchemaNode> byName = new LinkedHashMap<>();
    if (schema.member(keyword).orElse(JsonObject.empty()) instanceof JsonObject schemas) {
      for (Map.Entry<String, Json> each : schemas.members()) {
        byName.put(each.getKey(), compiler.node(Tokens.child(at(keyword), each.getKey()), scope));
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
