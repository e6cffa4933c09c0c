package io.holdfast.kind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One keyword of JSON Schema 2020-12: where subschemas are below it, and what a person may write there.
 *
 * @param holds what its value holds
 * @param expected its value in words
 */
record Keyword(Holds holds, String expected) {
  /** Where a keyword's value has subschemas. */
  enum Holds {
    NOTHING,
    SCHEMA,
    LIST,
    MAP
  }

  private static final Keyword SCHEMA =
      new Keyword(Holds.SCHEMA, "a schema: an object, true or false");
  private static final Keyword ANYTHING = plain("any value");

  /** Every keyword by name. */
  static final Map<String, Keyword> ALL = all();

  /** Keywords of earlier drafts that mean nothing in this one, and what took their place. */
  private static final Map<String, String> OUTDATED = Map.of(
      "dependencies", "dependentRequired or dependentSchemas",
      "additionalItems", "items, after prefixItems",
      "$recursiveRef", "$dynamicRef",
      "$recursiveAnchor", "$dynamicAnchor");

  /** What somebody who wrote this probably meant; empty for keywords and for what is not even similar to one. */
  static Optional<String> meantBy(String name) {
    Optional<String> successor = Optional.ofNullable(OUTDATED.get(name));
    if (successor.isPresent() || ALL.containsKey(name)) {
      return successor;
    }
    return Nearest.to(name, ALL.keySet());
  }

  /** What belongs at a place of a schema document. */
  static String expectedAt(List<String> tokens) {
    Keyword around = SCHEMA;
    for (String token : tokens) {
      around = switch (around.holds()) {
        case SCHEMA -> ALL.getOrDefault(token, ANYTHING);
        case LIST, MAP -> SCHEMA;
        case NOTHING -> around;
      };
    }
    return around.expected();
  }

  private static Map<String, Keyword> all() {
    Map<String, Keyword> all = new LinkedHashMap<>();
    putApplicators(all);
    putAssertions(all);
    put(all, ANYTHING, "const default");
    put(
        all,
        plain("a string"),
        "title description $comment format contentEncoding contentMediaType");
    put(all, plain("a URI without fragment"), "$id $schema");
    put(all, plain("a URI reference"), "$ref $dynamicRef");
    put(all, plain("a name: letters, digits, - _ ."), "$anchor $dynamicAnchor");
    put(all, plain("an object of booleans"), "$vocabulary");
    return Map.copyOf(all);
  }

  private static void putApplicators(Map<String, Keyword> all) {
    Keyword list = new Keyword(Holds.LIST, "an array of schemas, not empty");
    Keyword map = new Keyword(Holds.MAP, "an object of schemas");
    put(all, SCHEMA, "additionalProperties unevaluatedProperties propertyNames contentSchema");
    put(all, SCHEMA, "items unevaluatedItems contains not if then else");
    put(all, list, "prefixItems allOf anyOf oneOf");
    put(all, map, "properties patternProperties dependentSchemas $defs definitions");
  }

  private static void putAssertions(Map<String, Keyword> all) {
    Keyword count = plain("an integer ≥ 0");
    Keyword type =
        plain("one of array, boolean, integer, null, number, object, string, or an array of them");
    put(all, type, "type");
    put(all, count, "minLength maxLength minItems maxItems minContains maxContains");
    put(all, count, "minProperties maxProperties");
    put(all, plain("a number"), "minimum maximum exclusiveMinimum exclusiveMaximum");
    put(all, plain("a number > 0"), "multipleOf");
    put(all, plain("an array of different strings"), "required");
    put(all, plain("an object of arrays of different strings"), "dependentRequired");
    put(all, plain("an array of values"), "enum examples");
    put(all, plain("true or false"), "uniqueItems readOnly writeOnly deprecated");
    put(all, plain("a regular expression"), "pattern");
  }

  private static Keyword plain(String expected) {
    return new Keyword(Holds.NOTHING, expected);
  }

  private static void put(Map<String, Keyword> all, Keyword keyword, String names) {
    for (String name : names.split(" ", -1)) {
      all.put(name, keyword);
    }
  }
}
