package io.holdfast.document;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the canonical encoding (RFC 8785) or deterministic CBOR. */
public final class JsonWriter {
  private JsonWriter() {}

  public static byte[] canonical(Json value) {
    throw new UnsupportedOperationException();
  }

  public static String text(Json value) {
    throw new UnsupportedOperationException();
  }

  public static void write(Json value, OutputStream out) throws IOException {
    throw new UnsupportedOperationException();
  }

  public static byte[] cbor(Json value) {
    throw new UnsupportedOperationException();
  }
}
