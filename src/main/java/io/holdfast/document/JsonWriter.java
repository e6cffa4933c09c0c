package io.holdfast.document;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes the canonical encoding (RFC 8785) or deterministic CBOR. */
public final class JsonWriter {
  private static final int CHUNK = 8 * 1024;

  private JsonWriter() {}

  public static byte[] canonical(Json value) {
    return new JsonBuffer(value.encodedBytes()).value(value).toBytes();
  }

  public static String text(Json value) {
    return new JsonBuffer(value.encodedBytes()).value(value).toText();
  }

  /** Writes the canonical encoding in chunks; neither flushes nor closes {@code out}. */
  public static void write(Json value, OutputStream out) throws IOException {
    JsonBuffer buffer = new JsonBuffer(Math.min(CHUNK, value.encodedBytes()), (bytes, length) -> {
      try {
        out.write(bytes, 0, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    try {
      buffer.value(value).flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** RFC 8949 with shortest integers, lengths and lossless floats; members in the order of {@link JsonObject}. */
  public static byte[] cbor(Json value) {
    return CborWriter.encode(value);
  }
}
