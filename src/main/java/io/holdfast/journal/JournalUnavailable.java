package io.holdfast.journal;

/** The database did not answer a read; asking again later is safe. */
public final class JournalUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  JournalUnavailable(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
