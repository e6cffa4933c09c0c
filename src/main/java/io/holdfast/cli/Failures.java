package io.holdfast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where failures become a line on stderr and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof CommandFailed failed) {
      return report(failed.line(), failed.exitCode());
    }
    if (failure instanceof ParameterException wrong) {
      return handleParseException(wrong, new String[0]);
    }
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      return report(Source.reason(failure), ExitCode.USAGE);
    }
    return report(unexpected(failure), ExitCode.REFUSED);
  }

  /** A fault of this program: what and where, for a report. */
  private static String unexpected(Exception failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return "bug: %s%s"
        .formatted(failure, trace.length == 0 ? "" : " at " + trace[0])
        .replaceAll("\\R\\s*", " ");
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String line = String.valueOf(wrong.getMessage()).replaceAll("\\R\\s*", " ");
    return report(
        line + suggestion(wrong) + "; see " + command.getCommandSpec().qualifiedName() + " --help",
        ExitCode.USAGE);
  }

  private static String suggestion(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> suggestions = unmatched.getSuggestions();
    return suggestions.isEmpty() ? "" : " (did you mean " + String.join(" or ", suggestions) + "?)";
  }

  private int report(String line, ExitCode exitCode) {
    terminal.note("holdfast: " + line);
    return exitCode.number();
  }
}
