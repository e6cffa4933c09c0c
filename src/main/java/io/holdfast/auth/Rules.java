package io.holdfast.auth;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonString;
import java.util.ArrayList;
import java.util.List;

/** The rules of one right; any one of them gives it, none gives it to nobody. */
record Rules(List<Rule> rules, List<String> texts) {
  static final Rules NOBODY = new Rules(List.of(), List.of());
  static final Rules ADMIN = new Rules(List.of(new Rule.Role("admin")), List.of("role:admin"));

  static Rules parse(Json value, String pointer) throws AccessRefused {
    if (!(value instanceof JsonArray array)) {
      throw new AccessRefused(pointer, "rules: %s (expected: an array of rules)".formatted(value));
    }
    List<Rule> rules = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Json element : array) {
      String at = pointer + "/" + rules.size();
      if (!(element instanceof JsonString text)) {
        throw new AccessRefused(at, "rule: %s (expected: %s)".formatted(element, Rule.EXPECTED));
      }
      rules.add(Rule.parse(text.value(), at));
      texts.add(text.value());
    }
    return new Rules(List.copyOf(rules), List.copyOf(texts));
  }

  boolean give(Principal who, String id, Json state) {
    for (Rule rule : rules) {
      if (rule.gives(who, id, state)) {
        return true;
      }
    }
    return false;
  }

  boolean dependOnState() {
    return rules.stream().anyMatch(Rule.State.class::isInstance);
  }

  /** {@code what: alice (expected: owner or role:admin)}. */
  String refusal(String what, Principal who) {
    String expected = texts.isEmpty() ? "nobody has this right" : String.join(" or ", texts);
    return "%s: %s (expected: %s)".formatted(what, who.subject(), expected);
  }
}
