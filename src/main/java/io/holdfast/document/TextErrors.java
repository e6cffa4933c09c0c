package io.holdfast.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Optional;

/** Turns what a parser stumbles over into {@link JsonRefused} with its place. */
final class TextErrors {
  static final String NOT_UTF8 = "bytes: not UTF-8 (expected: UTF-8)";

  private TextErrors() {}

  /** A refusal of the token the parser stands at. */
  static JsonRefused at(JsonParser parser, JsonRefused.Reason reason, String detail) {
    return at(parser, reason, detail, parser.currentTokenLocation());
  }

  /** A refusal of what stands at {@code place}. */
  static JsonRefused at(
      JsonParser parser, JsonRefused.Reason reason, String detail, JsonLocation place) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    return new JsonRefused(
        reason, detail, Math.max(0, place.getLineNr()), Math.max(0, place.getColumnNr()), pointer);
  }

  /** The refusal {@code failure} means; empty if it is the input itself that broke. */
  static Optional<JsonRefused> from(IOException failure, JsonParser parser) {
    if (failure instanceof GuardedInput.Failure guard) {
      return Optional.of(at(parser, guard.reason(), guard.detail(), parser.currentLocation()));
    }
    if (failure instanceof JsonProcessingException malformed) {
      JsonLocation place =
          malformed.getLocation() == null ? parser.currentLocation() : malformed.getLocation();
      return Optional.of(at(parser, JsonRefused.Reason.MALFORMED, detail(malformed), place));
    }
    return Optional.empty();
  }

  private static String detail(JsonProcessingException malformed) {
    String message = String.valueOf(malformed.getOriginalMessage());
    if (malformed instanceof StreamConstraintsException && message.startsWith("Number")) {
      return "number: too long (expected: at most %d characters)"
          .formatted(JsonReader.MOST_NUMBER_CHARS);
    }
    return "json: %s (expected: RFC 8259)".formatted(message.lines().findFirst().orElse(""));
  }
}
