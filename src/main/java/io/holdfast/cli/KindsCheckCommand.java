package io.holdfast.cli;

import io.holdfast.entity.Catalog;
import io.holdfast.kind.Kind;
import io.holdfast.kind.KindRefused;
import io.holdfast.kind.Kinds;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
  final HelpOption help = new HelpOption();

  @Option(
      names = {"-q", "--quiet"},
      description = "Problems only: no summary, no advice.")
  private boolean quiet;

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
    List<Path> files = files();
    int problems = 0;
    for (Path file : files) {
      problems += isFit(file) ? 0 : 1;
    }
    if (problems == 0 && !quiet) {
      terminal.line(
          "%s: %s, all fit to serve".formatted(directory, Printed.count(files.size(), "kind")));
    }
    return (problems == 0 ? ExitCode.OK : ExitCode.REFUSED).number();
  }

  private List<Path> files() throws CommandFailed {
    try {
      return Kinds.files(directory);
    } catch (KindRefused unreadable) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(unreadable.getMessage()));
    }
  }

  private boolean isFit(Path file) {
    try {
      Kind kind = Kinds.read(file);
      Catalog.of(Kinds.of(List.of(kind)));
      warnOfSlowSchema(kind);
      return true;
    } catch (KindRefused refused) {
      terminal.note("holdfast: " + refused.getMessage());
      return false;
    }
  }

  /** No problem, but worth knowing: what the server cannot check change by change. */
  private void warnOfSlowSchema(Kind kind) {
    if (quiet || kind.schema().isEmpty()) {
      return;
    }
    for (String pointer : kind.schema().get().notIncremental()) {
      terminal.note("holdfast: %s.json: /schema%s: checked as a whole at every change below it"
          .formatted(kind.name(), pointer));
    }
  }
}
