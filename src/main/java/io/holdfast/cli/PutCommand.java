package io.holdfast.cli;

import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates or replaces a document. */
@Command(
    name = "put",
    description = "Create or replace a document.",
    footer = {
      "  holdfast put room/lobby lobby.json",
      "  echo '{\"topic\":\"Hello\"}' | holdfast put room/lobby -",
      "  holdfast put room/lobby lobby.json --create-only",
      "  holdfast put room/lobby lobby.json --if-version 17   # exit code 5 if it moved on"
    })
final class PutCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Mixin
  private WriteOptions write = new WriteOptions();

  @Parameters(
      index = "0",
      paramLabel = "ENTITY",
      description = "KIND/ID.",
      converter = EntityConverter.class)
  private @Nullable EntityId entity;

  @Parameters(index = "1", paramLabel = "FILE", description = "The document; - reads stdin.")
  private @Nullable String file;

  @Option(names = "--create-only", description = "Only if there is no document yet.")
  private boolean createOnly;

  PutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    EntityId name = Given.value(entity);
    Source source = Source.of(Given.value(file), terminal).checked();
    Api api = server.api(terminal, output);
    Condition condition = createOnly ? write.createOnly() : write.condition(api, name);
    Position tag = api.put(name, source.body(UnaryOperator.identity()), condition, write.key());
    Printed.version(name, tag, terminal, output);
    return ExitCode.OK.number();
  }
}
