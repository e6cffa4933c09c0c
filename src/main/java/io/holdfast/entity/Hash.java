package io.holdfast.entity;

import io.holdfast.protocol.EntityId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A link of the chain that ties an entity's events together: 32 bytes of SHA-256. */
public final class Hash {
  static final int BYTES = 32;
  private static final byte[] DOMAIN = "holdfast.event.1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The link before an entity's first event; made from its name, so an event moved to another entity does not fit. */
  static Hash seed(EntityId entity) {
    MessageDigest sha = sha256();
    sha.update(DOMAIN);
    return new Hash(sha.digest(entity.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** {@code SHA-256(domain, previous, seq nr, epoch, body)}; {@code previous} carries the entity's name from the seed on. */
  static Hash next(Hash previous, long sequenceNumber, long epoch, byte[] body) {
    MessageDigest sha = sha256();
    sha.update(DOMAIN);
    sha.update(previous.bytes);
    sha.update(ByteBuffer.allocate(16).putLong(sequenceNumber).putLong(epoch).flip());
    return new Hash(sha.digest(body));
  }

  /** The hash with those bytes. */
  public static Hash of(byte[] bytes) {
    return new Hash(bytes.clone());
  }

  /** The hash {@link #toString} wrote; IllegalArgumentException for any other text. */
  static Hash parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "hash: %d bytes (expected: %d)".formatted(bytes.length, BYTES));
    }
    return new Hash(bytes);
  }

  static Hash read(ByteBuffer in) {
    byte[] bytes = new byte[BYTES];
    in.get(bytes);
    return new Hash(bytes);
  }

  byte[] toBytes() {
    return bytes.clone();
  }

  void write(ByteBuffer out) {
    out.put(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256: every Java platform has it", impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
