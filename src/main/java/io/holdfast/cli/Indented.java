package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import java.io.PrintStream;
import java.util.Map;

/** JSON for people: two spaces a level, members in canonical order. */
final class Indented {
  private final PrintStream out;

  private Indented(PrintStream out) {
    this.out = out;
  }

  static void write(Json value, PrintStream out) {
    new Indented(out).value(value, 0);
  }

  private void value(Json value, int level) {
    if (value instanceof JsonObject object && object.size() > 0) {
      members(object, level + 1);
    } else if (value instanceof JsonArray array && array.size() > 0) {
      elements(array, level + 1);
    } else {
      out.print(JsonWriter.text(value));
    }
  }

  private void members(JsonObject object, int level) {
    String separator = "{";
    for (Map.Entry<String, Json> member : object.members()) {
      line(separator, level);
      out.print(JsonWriter.text(JsonString.of(member.getKey())));
      out.print(": ");
      value(member.getValue(), level);
      separator = ",";
    }
    line("", level - 1);
    out.print('}');
  }

  private void elements(JsonArray array, int level) {
    String separator = "[";
    for (Json element : array) {
      line(separator, level);
      value(element, level);
      separator = ",";
    }
    line("", level - 1);
    out.print(']');
  }

  private void line(String before, int level) {
    out.print(before);
    out.print('\n');
    out.print("  ".repeat(level));
  }
}
