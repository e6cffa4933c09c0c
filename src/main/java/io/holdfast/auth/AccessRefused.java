package io.holdfast.auth;

/** Why access rules cannot be used; expected, hence without a stack trace. */
public final class AccessRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final String pointer;

  public AccessRefused(String pointer, String detail) {
    super(detail, null, false, false);
    this.pointer = pointer;
  }

  /** JSON pointer into the kind's {@code access}. */
  public String pointer() {
    return pointer;
  }

  /** {@code rule: "owners" (expected: …)}. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
