package io.holdfast.auth;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import java.util.Optional;
import java.util.Set;

/** What access tests start from. */
final class Given {
  static final Principal ANONYMOUS = Principal.anonymous();
  static final Principal ALICE = principal("alice");
  static final Principal BOB = principal("bob");
  static final Principal ADMIN = principal("root", "admin");

  private Given() {}

  static Principal principal(String subject, String... roles) {
    return new Principal(subject, Set.of(roles), Optional.empty(), Optional.empty());
  }

  /** JSON with single quotes. */
  static Json json(String text) {
    try {
      return JsonReader.read(text.replace('\'', '"'));
    } catch (JsonRefused refused) {
      throw new IllegalArgumentException(text, refused);
    }
  }

  static Access access(String rules) {
    try {
      return Access.parse((JsonObject) json(rules));
    } catch (AccessRefused refused) {
      throw new IllegalArgumentException(refused.pointer() + ": " + refused.detail(), refused);
    }
  }
}
