package io.holdfast.document;

/** Why a patch does not apply to a document. Expected, hence without a stack trace. */
public final class PatchRefused extends Exception {
  private static final long serialVersionUID = 1;

  /** The sorts of refusal, as the wire names them. */
  public enum Reason {
    BAD_PATCH,
    NO_SUCH_PATH,
    TEST_FAILED,
    INVALID,
    TOO_DEEP,
    TOO_LARGE
  }

  private final Reason reason;
  private final String pointer;

  public PatchRefused(Reason reason, String detail, String pointer) {
    super(detail, null, false, false);
    this.reason = reason;
    this.pointer = pointer;
  }

  public Reason reason() {
    return reason;
  }

  /** {@code what: actual (expected: …)}. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** JSON pointer of the op's target as sent. */
  public String pointer() {
    return pointer;
  }
}
