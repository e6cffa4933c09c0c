package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonWriter;
import io.holdfast.protocol.EntityId;
import java.nio.charset.StandardCharsets;

/** Prints the frames of an observation, each change once. */
final class WatchPrinter implements Following.Listener {
  private final EntityId entity;
  private final long limit;
  private final Terminal terminal;
  private final OutputOptions output;
  private String epoch = "";
  private long version = -1;
  private long printed;

  /**
   * @param limit how many changes are enough
   */
  WatchPrinter(EntityId entity, long limit, Terminal terminal, OutputOptions output) {
    this.entity = entity;
    this.limit = limit;
    this.terminal = terminal;
    this.output = output;
  }

  @Override
  public boolean on(EventReader.Event event) throws CommandFailed {
    Json frame = frame(event);
    switch (event.name()) {
      case "state" -> state(frame);
      case "changed" -> changed(frame);
      case "closed" -> throw closed(frame);
      default -> {} // what later versions may add
    }
    terminal.out().flush();
    return printed < limit && !terminal.out().checkError();
  }

  private void state(Json frame) {
    String its = Reading.member(frame, "epoch").map(JsonWriter::text).orElse("");
    long at = Reading.number(frame, "version").orElse(0L);
    if (its.equals(epoch) && at == version) {
      return;
    }
    epoch = its;
    version = at;
    if (output.json()) {
      terminal.line(JsonWriter.text(frame));
    } else {
      int bytes = Reading.member(frame, "doc").map(Json::encodedBytes).orElse(0);
      terminal.line(
          "%d  %s  %s (%s.%d)".formatted(at, entity, Printed.count(bytes, "byte"), epoch, at));
    }
  }

  private void changed(Json frame) {
    long to = Reading.number(frame, "version").orElse(0L);
    if (to <= version) {
      return;
    }
    version = to;
    JsonArray changes = Reading.array(frame, "changes");
    printed += changes.size();
    if (output.json()) {
      terminal.line(JsonWriter.text(frame));
      return;
    }
    JsonArray ops = Reading.array(frame, "ops");
    for (int i = 0; i < changes.size(); i++) {
      boolean last = i == changes.size() - 1;
      Json change = changes.element(i);
      terminal.line(last ? ChangeLine.of(change, ops) : ChangeLine.merged(change, to));
    }
  }

  private static Json frame(EventReader.Event event) throws CommandFailed {
    try {
      return JsonReader.read(event.data().getBytes(StandardCharsets.UTF_8), Reading.LIMITS);
    } catch (JsonRefused refused) {
      throw new CommandFailed(
          ExitCode.REFUSED, "the server sent an event that is no JSON: " + refused.detail());
    }
  }

  private CommandFailed closed(Json frame) {
    String code = Reading.text(frame, "code").orElse("closed");
    ExitCode exitCode = code.equals("forbidden") || code.equals("unauthenticated")
        ? ExitCode.NOT_PERMITTED
        : ExitCode.REFUSED;
    return new CommandFailed(
        exitCode,
        "%s: %s: %s".formatted(entity, code, Reading.text(frame, "detail").orElse("")));
  }
}
