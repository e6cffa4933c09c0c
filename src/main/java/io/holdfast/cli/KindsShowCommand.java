package io.holdfast.cli;

import io.holdfast.protocol.EntityId;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one of the server's kinds. */
@Command(
    name = "show",
    description = "Print a kind's definition: schema, access, limits, keys.",
    footer = {"  holdfast kinds show room", "  holdfast kinds show room --json | jq .access"})
final class KindsShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "KIND", description = "Its name, such as room.")
  private @Nullable String kind;

  KindsShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    String name = Given.value(kind);
    if (EntityId.of(name, "any").isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE, "kind: %s (expected: a name such as room)".formatted(name));
    }
    Printed.value(server.api(terminal, output).kind(name), terminal, output);
    return ExitCode.OK.number();
  }
}
