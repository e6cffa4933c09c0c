package io.holdfast.kind;

/** Why a kind definition cannot be used: one line, {@code file: pointer: what: actual (expected: …)}. */
public final class KindRefused extends Exception {
  private static final long serialVersionUID = 1;

  public KindRefused(String message) {
    super(message, null, false, false);
  }
}
