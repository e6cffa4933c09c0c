package io.holdfast.document;

/** Why a text is not an acceptable document: I-JSON rules or limits. Expected, hence without a stack trace. */
public final class JsonRefused extends Exception {
  private static final long serialVersionUID = 1;

  /** The sorts of refusal. */
  public enum Reason {
    MALFORMED,
    TOO_DEEP,
    TOO_LARGE
  }

  private final Reason reason;
  private final int line;
  private final int column;
  private final String pointer;

  public JsonRefused(Reason reason, String detail, int line, int column, String pointer) {
    super(detail, null, false, false);
    this.reason = reason;
    this.line = line;
    this.column = column;
    this.pointer = pointer;
  }

  public Reason reason() {
    return reason;
  }

  /** {@code what: actual (expected: …)}, without the place. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** 1-based; 0 for binary input. */
  public int line() {
    return line;
  }

  /** 1-based; in binary input the number of the byte. */
  public int column() {
    return column;
  }

  /** JSON pointer of the value being read when the text was refused. */
  public String pointer() {
    return pointer;
  }
}
