package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import java.util.Collection;
import java.util.stream.Collectors;

/** Values as they appear in a sentence: short, on one line. */
final class Shown {
  private static final int LONGEST_TEXT = 60;
  private static final int MOST_CHOICES = 12;

  private Shown() {}

  static String value(Json value) {
    if (value instanceof JsonObject object) {
      return "an object of " + count(object.size(), "member");
    }
    if (value instanceof JsonArray array) {
      return "an array of " + count(array.size(), "item");
    }
    if (value instanceof JsonString string) {
      return text(string.value());
    }
    return JsonWriter.text(value);
  }

  /** Quoted, escaped and cut. */
  static String text(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return JsonWriter.text(JsonString.of(text));
    }
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
    return JsonWriter.text(JsonString.of(text.substring(0, end) + "…"));
  }

  /** {@code 1 item}, {@code 2 items}. */
  static String count(long count, String noun) {
    String form = count == 1
        ? noun
        : noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    return count + " " + form;
  }

  static String choices(Collection<String> choices) {
    String listed = choices.stream().limit(MOST_CHOICES).collect(Collectors.joining(", "));
    return choices.size() > MOST_CHOICES ? listed + ", …" : listed;
  }
}
