package io.holdfast.acceptance;

/** The connection is not there, or no longer. */
final class Disconnected extends RuntimeException {
  private static final long serialVersionUID = 1;

  Disconnected(String what, Throwable cause) {
    super(what, cause);
  }

  Disconnected(String what) {
    super(what);
  }
}
