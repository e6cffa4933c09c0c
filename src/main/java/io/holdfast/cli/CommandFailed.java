package io.holdfast.cli;

/** A command that could not do what it was asked: one line for stderr and an exit code. Expected, hence without a stack trace. */
class CommandFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  CommandFailed(ExitCode exitCode, String line) {
    super(line, null, false, false);
    this.exitCode = exitCode;
  }

  final ExitCode exitCode() {
    return exitCode;
  }

  final String line() {
    return String.valueOf(getMessage());
  }
}
