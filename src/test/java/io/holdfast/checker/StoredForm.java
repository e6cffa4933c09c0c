package io.holdfast.checker;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import io.holdfast.document.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;

/**
 * The stored form {@code hf.event.1}, read by its description alone: {@code HF}, format 1, flags, sequence number, epoch, previous
 * hash, hash, length, body, CRC-32C. {@code hash = SHA-256(domain, previous, sequence number, epoch, body)}.
 */
final class StoredForm {
  static final int HASH = 32;
  private static final int PREVIOUS_AT = 2 + 1 + 1 + 8 + 8;
  private static final int HEADER = PREVIOUS_AT + 2 * HASH + 4;
  private static final int CRC = 4;
  private static final byte[] DOMAIN = "holdfast.event.1".getBytes(StandardCharsets.US_ASCII);
  private static final Limits LIMITS = new Limits(80, 1 << 26, 1 << 27);

  private StoredForm() {}

  /** Bytes that are no stored event. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String what) {
      super(what);
    }
  }

  static Entry read(JournalRow row) throws Unreadable {
    byte[] bytes = row.payload();
    if (bytes.length < HEADER + CRC || bytes[0] != 'H' || bytes[1] != 'F' || bytes[2] != 1) {
      throw new Unreadable("bytes: not an event (expected: HF, format 1)");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).position(4);
    long number = in.getLong();
    long epoch = in.getLong();
    int length = in.getInt(HEADER - 4);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - CRC);
    if (length != bytes.length - HEADER - CRC
        || in.getInt(bytes.length - CRC) != (int) crc.getValue()) {
      throw new Unreadable("length or checksum: wrong (expected: as written)");
    }
    byte[] previous = Arrays.copyOfRange(bytes, PREVIOUS_AT, PREVIOUS_AT + HASH);
    byte[] hash = Arrays.copyOfRange(bytes, PREVIOUS_AT + HASH, PREVIOUS_AT + 2 * HASH);
    byte[] body = Arrays.copyOfRange(bytes, HEADER, bytes.length - CRC);
    return entry(row, new Link(number, epoch, previous, hash), body);
  }

  /** An event's place in its chain. */
  @SuppressWarnings("ArrayRecordComponent")
  record Link(long number, long epoch, byte[] previous, byte[] hash) {}

  private static Entry entry(JournalRow row, Link link, byte[] body) throws Unreadable {
    try {
      JsonObject members = (JsonObject) JsonReader.read(body, LIMITS);
      return new Entry(
          row,
          link,
          body,
          text(members, "client"),
          number(members, "seq"),
          text(members, "by"),
          number(members, "at"),
          members.member("ops").orElseThrow());
    } catch (JsonRefused | ClassCastException | NoSuchElementException broken) {
      throw new Unreadable("body: " + broken.getMessage());
    }
  }

  private static String text(JsonObject members, String name) {
    return ((JsonString) members.member(name).orElseThrow()).value();
  }

  private static long number(JsonObject members, String name) {
    Json value = members.member(name).orElseThrow();
    return (long) ((JsonNumber) value).value();
  }

  /** What the first event of {@code entity} must name as the hash before it. */
  static byte[] seed(String entity) {
    MessageDigest sha = sha256();
    sha.update(DOMAIN);
    return sha.digest(entity.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] hash(byte[] previous, long number, long epoch, byte[] body) {
    MessageDigest sha = sha256();
    sha.update(DOMAIN);
    sha.update(previous);
    sha.update(ByteBuffer.allocate(16).putLong(number).putLong(epoch).array());
    return sha.digest(body);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256: missing (expected: in every Java)", impossible);
    }
  }
}
