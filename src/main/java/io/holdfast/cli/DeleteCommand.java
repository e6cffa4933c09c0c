package io.holdfast.cli;

import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a document. */
@Command(
    name = "delete",
    description =
        "Delete a document. Its history stays, and its version goes on if it is created again.",
    footer = {"  holdfast delete room/lobby", "  holdfast delete room/lobby --if-version 17"})
final class DeleteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Mixin
  private WriteOptions write = new WriteOptions();

  @Parameters(paramLabel = "ENTITY", description = "KIND/ID.", converter = EntityConverter.class)
  private @Nullable EntityId entity;

  DeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    EntityId name = Given.value(entity);
    Api api = server.api(terminal, output);
    Position tag = api.delete(name, write.condition(api, name), write.key());
    Printed.version(name, tag, terminal, output);
    return ExitCode.OK.number();
  }
}
