package io.holdfast.kind;

/** Why a schema cannot be used; expected, hence without a stack trace. */
public final class SchemaRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final String pointer;

  public SchemaRefused(String pointer, String detail) {
    super(detail, null, false, false);
    this.pointer = pointer;
  }

  /** JSON pointer into the schema. */
  public String pointer() {
    return pointer;
  }

  /** {@code what: actual (expected: …)}. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
