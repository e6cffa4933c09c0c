package io.holdfast.document;

/** SHA-256 of a document's canonical encoding. */
public final class Digest {
  private Digest() {}

  /** 32 bytes; streamed, the encoding is never held. */
  public static byte[] sha256(Json document) {
    throw new UnsupportedOperationException();
  }
}
