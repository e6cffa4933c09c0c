package io.holdfast.document;

import java.io.IOException;
import java.io.InputStream;

/** Reads JSON text (UTF-8) or CBOR under I-JSON rules (RFC 7493) and {@link Limits}. */
public final class JsonReader {
  private JsonReader() {}

  /** The one value in the text; trailing bytes are refused. */
  public static Json read(byte[] utf8, Limits limits) throws JsonRefused {
    return read(utf8, 0, utf8.length, limits);
  }

  public static Json read(byte[] utf8, int offset, int length, Limits limits) throws JsonRefused {
    throw new UnsupportedOperationException();
  }

  public static Json read(String text) throws JsonRefused {
    throw new UnsupportedOperationException();
  }

  /** Streams from {@code in}, never holding the text. */
  public static Json read(InputStream in, Limits limits) throws JsonRefused, IOException {
    throw new UnsupportedOperationException();
  }

  public static Json readCbor(byte[] cbor, Limits limits) throws JsonRefused {
    throw new UnsupportedOperationException();
  }
}
