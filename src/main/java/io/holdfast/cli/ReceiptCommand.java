package io.holdfast.cli;

import io.holdfast.protocol.EntityId;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks what became of a command. */
@Command(
    name = "receipt",
    description = {
      "Print what became of a command: accepted at which version, or refused and why.",
      "Clients that lost their connection ask this when they do not want to send the command again."
    },
    footer = "  holdfast receipt room/lobby tab-7f3a91 12")
final class ReceiptCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Parameters(
      index = "0",
      paramLabel = "ENTITY",
      description = "KIND/ID.",
      converter = EntityConverter.class)
  private @Nullable EntityId entity;

  @Parameters(index = "1", paramLabel = "CLIENT", description = "The client that sent the command.")
  private @Nullable String client;

  @Parameters(index = "2", paramLabel = "SEQ", description = "The command's number: 1, 2, 3 …")
  private long seq;

  ReceiptCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    String sender = Given.value(client);
    if (!sender.matches("[A-Za-z0-9_-]{1,64}") || seq < 1) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "receipt: %s %d (expected: CLIENT of 1–64 A-Z a-z 0-9 _ -, SEQ from 1)"
              .formatted(sender, seq));
    }
    String path = "%s/receipts/%s/%d".formatted(Api.path(Given.value(entity)), sender, seq);
    Printed.value(server.api(terminal, output).resource(path), terminal, output);
    return ExitCode.OK.number();
  }
}
