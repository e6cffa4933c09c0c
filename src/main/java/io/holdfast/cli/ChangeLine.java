package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonWriter;
import java.util.StringJoiner;

/** One change as one line: version, when, by whom, ops. */
final class ChangeLine {
  private static final int LONGEST_VALUE = 120;

  private ChangeLine() {}

  /** {@code 12  2026-01-31T12:00:00Z  alice  replace /topic "Hi"}. */
  static String of(Json change, JsonArray ops) {
    return head(change) + "  " + ops(ops);
  }

  /** The same for a change whose ops were merged into a later one's. */
  static String merged(Json change, long into) {
    return head(change) + "  (merged into " + into + ")";
  }

  private static String head(Json change) {
    return "%d  %s  %s"
        .formatted(
            Reading.number(change, "version").orElse(0L),
            Reading.moment(change, "at").orElse("-"),
            Reading.text(change, "by").orElse("-"));
  }

  private static String ops(JsonArray ops) {
    StringJoiner line = new StringJoiner("; ");
    ops.forEach(op -> line.add(op(op)));
    return line.toString();
  }

  private static String op(Json op) {
    StringBuilder text = new StringBuilder(Reading.text(op, "op").orElse("?"));
    Reading.text(op, "from").ifPresent(from -> text.append(' ').append(quoted(from)));
    text.append(' ').append(quoted(Reading.text(op, "path").orElse("")));
    Reading.member(op, "value")
        .ifPresent(value -> text.append(' ').append(shortened(JsonWriter.text(value))));
    return text.toString();
  }

  private static String quoted(String pointer) {
    return pointer.isEmpty() ? "\"\"" : pointer;
  }

  private static String shortened(String value) {
    int end = Character.isHighSurrogate(value.charAt(Math.min(value.length(), LONGEST_VALUE) - 1))
        ? LONGEST_VALUE - 1
        : LONGEST_VALUE;
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, end) + "…";
  }
}
