package io.holdfast.cli;

/** The server answered, and the answer is no. */
final class ServerRefused extends CommandFailed {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  ServerRefused(Problem problem) {
    super(ExitCode.ofStatus(problem.status()), problem.line());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }

  /** Whether the command was judged on a state other than the one it was made for. */
  boolean isConflict() {
    return exitCode() == ExitCode.CONFLICT;
  }
}
