package io.holdfast.acceptance;

import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;

/** JSON in Java strings, readable: a single quote stands for a double one. */
final class SingleQuotes {
  private SingleQuotes() {}

  static String text(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  static Json json(String singleQuoted) {
    return parsed(text(singleQuoted));
  }

  /** The JSON value in {@code text}; anything else is a bug of the one who wrote it. */
  static Json parsed(String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonRefused refused) {
      throw new AssertionError("not JSON: " + text, refused);
    }
  }
}
