package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.io.IOException;
import java.util.Locale;

/** How results look on stdout. */
final class Printed {
  private Printed() {}

  /** Indented for people, one line for programs. */
  static void value(Json value, Terminal terminal, OutputOptions output) throws IOException {
    if (output.pretty() || (terminal.outIsTerminal() && !output.json())) {
      Indented.write(value, terminal.out());
    } else {
      JsonWriter.write(value, terminal.out());
    }
    terminal.out().print('\n');
  }

  /** What a write led to. */
  static void version(EntityId entity, Position tag, Terminal terminal, OutputOptions output)
      throws IOException {
    if (output.json() || output.pretty()) {
      value(written(entity, tag), terminal, output);
    } else {
      terminal.line("%s is at version %d (%s)".formatted(entity, tag.version(), tag));
    }
  }

  /** The same as JSON. */
  static JsonObject written(EntityId entity, Position tag) {
    return JsonObject.empty()
        .with("entity", JsonString.of(entity.toString()))
        .with("epoch", number(tag.epoch()))
        .with("version", number(tag.version()));
  }

  /** {@code 1 op}, {@code 2,000 ops}. */
  static String count(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }

  /** A count; all that are printed are far below 2^53. */
  static JsonNumber number(long count) {
    return JsonNumber.of((double) count);
  }
}
