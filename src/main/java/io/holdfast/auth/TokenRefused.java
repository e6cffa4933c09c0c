package io.holdfast.auth;

/** Why a token does not count; expected, hence without a stack trace. Never quotes the token. */
public final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean forNow;

  public TokenRefused(String detail) {
    this(detail, false);
  }

  private TokenRefused(String detail, boolean forNow) {
    super(detail, null, false, false);
    this.forNow = forNow;
  }

  static TokenRefused forNow(String detail) {
    return new TokenRefused(detail, true);
  }

  /** Whether it is no fault of the token's: keys cannot be had at the moment, and it may count later. */
  public boolean isForNow() {
    return forNow;
  }

  /** {@code what: actual (expected: …)}. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
