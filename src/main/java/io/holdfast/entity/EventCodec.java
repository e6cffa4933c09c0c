package io.holdfast.entity;

import io.holdfast.document.Json;
import io.holdfast.document.JsonBuffer;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Limits;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import io.holdfast.protocol.ChangeMeta;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Stored form of events, manifest {@code hf.event.1}: a header (magic, format, sequence number, epoch, previous hash, hash), the
 * body as canonical JSON ({@code at, by, client, ops, seq}) and a CRC-32C over both. Unknown members of the body are ignored,
 * so a later format may add some.
 */
public final class EventCodec {
  public static final String MANIFEST = "hf.event.1";
  private static final short MAGIC = 0x4846;
  private static final byte FORMAT = 1;
  private static final int HEADER = 2 + 1 + 1 + 8 + 8 + 2 * Hash.BYTES + 4;
  private static final int CRC = 4;
  private static final Limits STORED = new Limits(80, 1 << 26, 1 << 27);

  private EventCodec() {}

  static byte[] body(ChangeMeta meta, byte[] ops) {
    return new JsonBuffer(ops.length + 160)
        .ascii("{\"at\":")
        .number(meta.at())
        .ascii(",\"by\":")
        .string(meta.by())
        .ascii(",\"client\":")
        .string(meta.client())
        .ascii(",\"ops\":")
        .bytes(ops)
        .ascii(",\"seq\":")
        .number(meta.seq())
        .ascii("}")
        .toBytes();
  }

  public static byte[] encode(EntityEvent.Patched event) {
    Link link = event.link();
    ByteBuffer out = ByteBuffer.allocate(HEADER + event.body().length + CRC);
    out.putShort(MAGIC)
        .put(FORMAT)
        .put((byte) 0)
        .putLong(link.sequenceNumber())
        .putLong(link.epoch());
    link.previous().write(out);
    link.hash().write(out);
    out.putInt(event.body().length).put(event.body());
    return out.putInt(crc(out.array(), out.position())).array();
  }

  /** The event; {@link ChainBroken} says what is wrong with bytes that are none. */
  public static EntityEvent.Patched decode(byte[] stored) {
    check(stored);
    ByteBuffer in = ByteBuffer.wrap(stored).position(4);
    long sequenceNumber = in.getLong();
    long epoch = in.getLong();
    Hash previous = Hash.read(in);
    Link link = new Link(sequenceNumber, epoch, previous, Hash.read(in));
    byte[] body = Arrays.copyOfRange(stored, HEADER, stored.length - CRC);
    return EntityEvent.Patched.stored(link, change(sequenceNumber, body), body);
  }

  private static void check(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    if (stored.length < HEADER + CRC || in.getShort() != MAGIC) {
      throw new ChainBroken("event: not one of ours (expected: magic HF)");
    }
    byte format = in.get();
    if (format != FORMAT) {
      throw new ChainBroken("event: format %d (expected: %d)".formatted(format, FORMAT));
    }
    int length = in.getInt(HEADER - 4);
    if (length != stored.length - HEADER - CRC
        || in.getInt(stored.length - CRC) != crc(stored, stored.length - CRC)) {
      throw new ChainBroken(
          "event: checksum or length wrong (expected: the bytes that were written)");
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static Change change(long version, byte[] body) {
    try {
      JsonObject members = (JsonObject) JsonReader.read(body, STORED);
      Json ops = members.member("ops").orElseThrow();
      ChangeMeta meta = new ChangeMeta(
          version,
          text(members, "client"),
          number(members, "seq"),
          text(members, "by"),
          number(members, "at"));
      return new Change(meta, Patch.parse(ops), JsonWriter.canonical(ops));
    } catch (JsonRefused
        | PatchRefused
        | ClassCastException
        | java.util.NoSuchElementException broken) {
      throw new ChainBroken(
          "event %d: body unreadable: %s".formatted(version, broken.getMessage()));
    }
  }

  private static String text(JsonObject members, String name) {
    return ((JsonString) members.member(name).orElseThrow()).value();
  }

  private static long number(JsonObject members, String name) {
    return (long) ((JsonNumber) members.member(name).orElseThrow()).value();
  }
}
