package io.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command understands, and the exit codes every command has. */
@Command(
    mixinStandardHelpOptions = false,
    sortOptions = false,
    usageHelpAutoWidth = true,
    usageHelpWidth = 100,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    footerHeading = "%nExamples:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeOnInvalidInput = 2,
    exitCodeList = {
      "0:done",
      "1:refused by the server; the line on stderr has code, detail and pointer",
      "2:wrong usage, or a file that cannot be read",
      "3:server unreachable, or too busy for as long as --retry-for",
      "4:not found",
      "5:conflict: the document is not at the version, or not in the state, the command expects",
      "6:not permitted: no or wrong token (401), or the kind's access rules (403)",
      "7:patch --to only: the server's document differs from the target in the end"
    })
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 99,
      description = "Show this help.")
  private boolean asked;

  boolean asked() {
    return asked;
  }
}
