package io.holdfast.document;

import java.io.IOException;
import java.io.InputStream;

/** A stream that fails as soon as it is longer than allowed or not UTF-8. */
final class GuardedInput extends InputStream {
  private final InputStream in;
  private final long mostBytes;
  private final Utf8Check check = new Utf8Check();
  private long count;

  GuardedInput(InputStream in, int mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read < 0) {
      return read;
    }
    count += read;
    if (count > mostBytes) {
      throw new Failure(JsonRefused.Reason.TOO_LARGE, tooLarge(count, mostBytes));
    }
    if (check.firstBad(bytes, offset, offset + read) < offset + read) {
      throw new Failure(JsonRefused.Reason.MALFORMED, TextErrors.NOT_UTF8);
    }
    return read;
  }

  static String tooLarge(long bytes, long most) {
    return "document: %d bytes (expected: at most %d)".formatted(bytes, most);
  }

  /** Why the stream failed; {@link TextErrors} makes a refusal of it. */
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1;

    private final JsonRefused.Reason reason;

    Failure(JsonRefused.Reason reason, String detail) {
      super(detail);
      this.reason = reason;
    }

    JsonRefused.Reason reason() {
      return reason;
    }

    String detail() {
      return String.valueOf(getMessage());
    }
  }
}
