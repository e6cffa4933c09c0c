package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;

/** JSON as tests write it: with single quotes. */
final class Texts {
  private Texts() {}

  static Json json(String text) {
    try {
      return JsonReader.read(text.replace('\'', '"'));
    } catch (JsonRefused refused) {
      throw new IllegalArgumentException(text, refused);
    }
  }

  static Schema schema(String text) {
    try {
      return Schema.compile(json(text));
    } catch (SchemaRefused refused) {
      throw new IllegalArgumentException(refused.pointer() + ": " + refused.detail(), refused);
    }
  }
}
