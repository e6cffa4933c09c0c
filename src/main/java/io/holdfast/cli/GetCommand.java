package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import io.holdfast.protocol.EntityId;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a document. */
@Command(
    name = "get",
    description = {
      "Print a document, or a part of it.",
      "Indented on a terminal, one line of JSON in a pipe."
    },
    footer = {
      "  holdfast get room/lobby",
      "  holdfast get room/lobby --pointer /todos/id=42/done",
      "  holdfast get room/lobby --at 2026-01-31T12:00:00Z        # as it was then",
      "  holdfast get room/lobby --at 17 > before.json            # as it was at version 17",
      "  holdfast get room/lobby --canonical | sha256sum          # RFC 8785 bytes, no newline"
    })
final class GetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Parameters(
      paramLabel = "ENTITY",
      description = "KIND/ID, such as room/lobby.",
      converter = EntityConverter.class)
  private @Nullable EntityId entity;

  @Option(
      names = "--pointer",
      paramLabel = "P",
      description = "Only the part at this JSON pointer; keyed tokens work: /todos/id=42.")
  private @Nullable String pointer;

  @Option(
      names = "--at",
      paramLabel = "V|TIME",
      description = "As it was at a version, or at a moment (ISO 8601).")
  private @Nullable String at;

  @Option(
      names = "--min-version",
      paramLabel = "V",
      description = "Wait until the asked node has this version (read your own writes).")
  private @Nullable Long minVersion;

  @Option(names = "--strong", description = "Ask the entity itself, not this node's copy of it.")
  private boolean strong;

  @Option(names = "--canonical", description = "Exact canonical bytes (RFC 8785), no newline.")
  private boolean canonical;

  @Option(
      names = "--with-version",
      description = "Wrap the document: {\"doc\":…,\"entity\":…,\"version\":\"EPOCH.VERSION\"}.")
  private boolean withVersion;

  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    EntityId name = Given.value(entity);
    Query query = new Query()
        .and("pointer", pointer)
        .and("at", at)
        .and("min-version", minVersion)
        .and("consistency", strong ? "strong" : null);
    Api.Document found = server.api(terminal, output).read(name, query);
    print(withVersion ? wrapped(name, found) : found.doc());
    return ExitCode.OK.number();
  }

  private void print(Json value) throws IOException {
    if (canonical) {
      JsonWriter.write(value, terminal.out());
    } else {
      Printed.value(value, terminal, output);
    }
  }

  private static Json wrapped(EntityId name, Api.Document found) {
    return JsonObject.empty()
        .with("doc", found.doc())
        .with("entity", JsonString.of(name.toString()))
        .with("version", JsonString.of(found.tag().toString()));
  }
}
