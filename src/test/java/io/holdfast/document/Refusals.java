package io.holdfast.document;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;

/** Why texts are refused. */
final class Refusals {
  private Refusals() {}

  static JsonRefused refusal(String text) {
    return catchThrowableOfType(JsonRefused.class, () -> JsonReader.read(text));
  }

  static JsonRefused refusal(byte[] text, Limits limits) {
    return catchThrowableOfType(JsonRefused.class, () -> JsonReader.read(text, limits));
  }

  static JsonRefused streamRefusal(byte[] text, Limits limits) {
    return catchThrowableOfType(
        JsonRefused.class, () -> JsonReader.read(new ByteArrayInputStream(text), limits));
  }
}
