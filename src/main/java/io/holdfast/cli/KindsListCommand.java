package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the server's kinds. */
@Command(
    name = "list",
    description = "List the server's kinds: name, storage, description.",
    footer = {"  holdfast kinds list", "  holdfast kinds list --json | jq -r .kind"})
final class KindsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  KindsListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    JsonArray kinds = Reading.array(server.api(terminal, output).resource("/v1/kinds"), "kinds");
    for (Json kind : kinds) {
      print(kind);
    }
    return ExitCode.OK.number();
  }

  private void print(Json kind) throws IOException {
    if (output.json() || output.pretty()) {
      Printed.value(kind, terminal, output);
      return;
    }
    String line = "%-16s %-10s %s"
        .formatted(
            Reading.text(kind, "kind").orElse("?"),
            Reading.text(kind, "storage").orElse("durable"),
            Reading.text(kind, "description").orElse(""));
    terminal.line(line.stripTrailing());
  }
}
