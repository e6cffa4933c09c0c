package io.holdfast.cli;

import io.holdfast.kind.KindRefused;
import io.holdfast.kind.Kinds;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks kind definitions as the server would, without a server. */
@Command(
    name = "check",
    description = {
      "Check the kind definitions of a directory as the server does when it starts.",
      "Prints one line per problem on stderr; exit code 1 if there are any."
    },
    footer = {"  holdfast kinds check", "  holdfast kinds check deploy/conf/kinds && deploy"})
final class KindsCheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "${env:HOLDFAST_CONF:-conf}/kinds",
      description = "The directory. Default: kinds in $HOLDFAST_CONF, else conf/kinds.")
  private Path directory = Path.of("conf", "kinds");

  KindsCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed {
    int count = kinds().all().size();
    if (!output.quiet()) {
      terminal.line("%s: %d kinds, all fit to serve".formatted(directory, count));
    }
    return ExitCode.OK.number();
  }

  private Kinds kinds() throws CommandFailed {
    try {
      return Kinds.load(directory);
    } catch (KindRefused refused) {
      throw new CommandFailed(ExitCode.REFUSED, String.valueOf(refused.getMessage()));
    }
  }
}
