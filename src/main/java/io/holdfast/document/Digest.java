package io.holdfast.document;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a document's canonical encoding. */
public final class Digest {
  private static final int CHUNK = 8 * 1024;

  private Digest() {}

  /** 32 bytes; streamed, the encoding is never held. */
  public static byte[] sha256(Json document) {
    MessageDigest digest = sha256();
    new JsonBuffer(
            Math.min(CHUNK, document.encodedBytes()),
            (bytes, length) -> digest.update(bytes, 0, length))
        .value(document)
        .flush();
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every Java platform)", e);
    }
  }
}
