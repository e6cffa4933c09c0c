package io.holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is known about kinds of entities. */
@Command(
    name = "kinds",
    description = "List, show or check kinds of entities.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "  holdfast kinds list",
      "  holdfast kinds show room",
      "  holdfast kinds check conf/kinds"
    })
final class KindsCommand {
  @Mixin
  final HelpOption help = new HelpOption();

  private KindsCommand() {}

  static CommandLine line(Terminal terminal) {
    return new CommandLine(new KindsCommand())
        .addSubcommand(new KindsListCommand(terminal))
        .addSubcommand(new KindsShowCommand(terminal))
        .addSubcommand(new KindsCheckCommand(terminal));
  }
}
