package io.holdfast.cli;

/** What the process tells the shell: one meaning per number, listed in every command's help. */
enum ExitCode {
  OK(0),
  REFUSED(1),
  USAGE(2),
  UNREACHABLE(3),
  NOT_FOUND(4),
  CONFLICT(5),
  NOT_PERMITTED(6),
  DIFFERS(7);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The code for an HTTP status that is not a success. */
  static ExitCode ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> NOT_PERMITTED;
      case 404 -> NOT_FOUND;
      case 409, 412 -> CONFLICT;
      case 429, 502, 503, 504 -> UNREACHABLE;
      default -> REFUSED;
    };
  }
}
