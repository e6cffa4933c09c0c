package io.holdfast.auth;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.document.Pointer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parts of a document one {@code writeAt} pattern names; {@code *} stands for any one token. Identical subtrees are never
 * entered.
 */
record GuardedPart(List<String> pattern, Rules rules) {
  private static final String ANY = "*";

  /** The first part whose value differs, as a JSON pointer. */
  Optional<String> touched(Json before, Json after) {
    return touched(Optional.of(before), Optional.of(after), 0);
  }

  private Optional<String> touched(Optional<Json> before, Optional<Json> after, int depth) {
    if (same(before, after)) {
      return Optional.empty();
    }
    if (depth == pattern.size()) {
      return before.equals(after) ? Optional.empty() : Optional.of("");
    }
    String token = pattern.get(depth);
    if (!token.equals(ANY)) {
      return touchedAt(token, before, after, depth);
    }
    for (String each : tokensOf(before, after)) {
      Optional<String> found = touchedAt(each, before, after, depth);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> touchedAt(
      String token, Optional<Json> before, Optional<Json> after, int depth) {
    return touched(child(before, token), child(after, token), depth + 1)
        .map(rest -> Pointer.root().child(token) + rest);
  }

  private static boolean same(Optional<Json> before, Optional<Json> after) {
    return before.isPresent() ? after.isPresent() && before.get() == after.get() : after.isEmpty();
  }

  private static Optional<Json> child(Optional<Json> parent, String token) {
    return parent.flatMap(value -> Pointer.root().child(token).in(value));
  }

  private static Set<String> tokensOf(Optional<Json> before, Optional<Json> after) {
    Set<String> tokens = new TreeSet<>();
    before.ifPresent(value -> addTokens(value, tokens));
    after.ifPresent(value -> addTokens(value, tokens));
    return tokens;
  }

  private static void addTokens(Json value, Set<String> tokens) {
    if (value instanceof JsonObject object) {
      object.forEach((key, member) -> tokens.add(key));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        tokens.add(Integer.toString(i));
      }
    }
  }
}
