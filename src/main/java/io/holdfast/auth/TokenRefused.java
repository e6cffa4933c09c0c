package io.holdfast.auth;

/** Why a token does not count; expected, hence without a stack trace. Never quotes the token. */
public final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1;

  public TokenRefused(String detail) {
    super(detail, null, false, false);
  }

  /** {@code what: actual (expected: …)}. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
