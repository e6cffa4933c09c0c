package io.holdfast.auth;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.PatchRefused;
import io.holdfast.document.Pointer;
import java.util.List;
import java.util.Optional;

/**
 * The pointer of a {@code state:} rule. {@code {sub}} stands for the subject inside one token that is already split off and
 * unescaped, so no subject can add a token, reach an array by its index or pass for a keyed token.
 */
final class StatePath {
  private static final String SUBJECT = "{sub}";

  private final List<String> tokens;
  private final boolean ofSubject;

  private StatePath(List<String> tokens) {
    this.tokens = tokens;
    this.ofSubject = tokens.stream().anyMatch(token -> token.contains(SUBJECT));
  }

  static StatePath parse(String pointer) throws PatchRefused {
    return new StatePath(List.copyOf(Pointer.parse(pointer).tokens()));
  }

  /** Whether the place exists and holds anything but null, false, 0 and "". */
  boolean isTruthy(Json document, Principal who) {
    if (ofSubject && who.isAnonymous()) {
      return false;
    }
    Json place = document;
    for (String token : tokens) {
      Optional<Json> next = step(place, token, who.subject());
      if (next.isEmpty()) {
        return false;
      }
      place = next.get();
    }
    return truthy(place);
  }

  private static Optional<Json> step(Json place, String token, String subject) {
    if (place instanceof JsonObject object) {
      return object.member(token.replace(SUBJECT, subject));
    }
    if (!(place instanceof JsonArray array)) {
      return Optional.empty();
    }
    return token.contains(SUBJECT)
        ? keyed(array, token, subject)
        : Pointer.root().child(token).in(array);
  }

  /** {@code id={sub}}: the element whose member {@code id} is the subject. */
  private static Optional<Json> keyed(JsonArray array, String token, String subject) {
    int equals = token.indexOf('=');
    if (equals <= 0 || token.indexOf(SUBJECT) < equals) {
      return Optional.empty();
    }
    String key = token.substring(0, equals);
    Json wanted = JsonString.of(token.substring(equals + 1).replace(SUBJECT, subject));
    for (Json element : array) {
      if (element instanceof JsonObject object
          && object.member(key).filter(wanted::equals).isPresent()) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  private static boolean truthy(Json value) {
    if (value instanceof JsonNumber number) {
      return number.value() != 0;
    }
    if (value instanceof JsonString string) {
      return !string.value().isEmpty();
    }
    return value != JsonNull.NULL && value != JsonBoolean.FALSE;
  }
}
