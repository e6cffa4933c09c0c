package io.holdfast.entity;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonBuffer;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import io.holdfast.document.Limits;
import io.holdfast.protocol.EntityId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Stored form of a whole state, manifest {@code hf.snapshot.1}: a header (magic, format, version, epoch, chain hash), the body as
 * JSON ({@code clients, created, document, entity, forgot, initial, updated}) and a SHA-256 over both.
 */
public final class SnapshotCodec {
  public static final String MANIFEST = "hf.snapshot.1";
  private static final short MAGIC = 0x4853;
  private static final byte FORMAT = 1;
  private static final int HEADER = 2 + 1 + 1 + 8 + 8 + Hash.BYTES;
  private static final Limits STORED = new Limits(80, 1 << 26, 1 << 28);

  private SnapshotCodec() {}

  public static byte[] encode(State state) {
    JsonBuffer body = body(state);
    ByteBuffer out = ByteBuffer.allocate(HEADER + body.size() + Hash.BYTES);
    Chain chain = state.chain();
    out.putShort(MAGIC).put(FORMAT).put((byte) 0).putLong(chain.version()).putLong(chain.epoch());
    chain.head().write(out);
    body.copyTo(out.array(), HEADER);
    return out.position(HEADER + body.size())
        .put(digest(out.array(), HEADER + body.size()))
        .array();
  }

  private static JsonBuffer body(State state) {
    JsonBuffer out = new JsonBuffer(
        state.document().encodedBytes() + 256 + 64 * state.clients().size());
    out.ascii("{\"clients\":[");
    int empty = out.size();
    state
        .clients()
        .forEach((name, last) -> client(out.ascii(out.size() == empty ? "" : ","), name, last));
    out.ascii("],\"created\":").number(state.created());
    out.ascii(",\"document\":").value(state.document());
    out.ascii(",\"entity\":").string(state.chain().entity().toString());
    out.ascii(",\"forgot\":").ascii(state.clients().forgot() ? "true" : "false");
    out.ascii(",\"initial\":").value(state.initial());
    return out.ascii(",\"updated\":").number(state.updated()).ascii("}");
  }

  private static void client(JsonBuffer out, String name, Clients.Last last) {
    out.ascii("[").string(name).ascii(",").number(last.seq());
    out.ascii(",").number(last.version()).ascii(",").number(last.at()).ascii("]");
  }

  /** The state; {@link ChainBroken} says what is wrong with bytes that are none. */
  public static State decode(byte[] stored) {
    ByteBuffer in = check(stored);
    long version = in.getLong();
    long epoch = in.getLong();
    Hash head = Hash.read(in);
    try {
      byte[] body = Arrays.copyOfRange(stored, HEADER, stored.length - Hash.BYTES);
      return state((JsonObject) JsonReader.read(body, STORED), version, epoch, head);
    } catch (JsonRefused | ClassCastException | java.util.NoSuchElementException broken) {
      throw new ChainBroken(
          "snapshot %d: body unreadable: %s".formatted(version, broken.getMessage()));
    }
  }

  private static ByteBuffer check(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    if (stored.length < HEADER + Hash.BYTES || in.getShort() != MAGIC || in.get() != FORMAT) {
      throw new ChainBroken("snapshot: not one of ours (expected: magic HS, format 1)");
    }
    int covered = stored.length - Hash.BYTES;
    if (!Arrays.equals(
        digest(stored, covered), Arrays.copyOfRange(stored, covered, stored.length))) {
      throw new ChainBroken("snapshot: digest wrong (expected: the bytes that were written)");
    }
    return in.position(4);
  }

  private static byte[] digest(byte[] bytes, int length) {
    MessageDigest sha = Hash.sha256();
    sha.update(bytes, 0, length);
    return sha.digest();
  }

  private static State state(JsonObject body, long version, long epoch, Hash head) {
    EntityId entity =
        EntityId.parse(((JsonString) member(body, "entity")).value()).orElseThrow();
    Clients clients = Clients.none();
    for (Json one : (JsonArray) member(body, "clients")) {
      JsonArray client = (JsonArray) one;
      Clients.Last last = new Clients.Last(
          number(client.element(1)), number(client.element(2)), number(client.element(3)));
      clients = clients.with(((JsonString) client.element(0)).value(), last);
    }
    clients = clients.havingForgotten(member(body, "forgot") == JsonBoolean.TRUE);
    Chain chain = new Chain(entity, version, epoch, head);
    long created = number(member(body, "created"));
    long updated = number(member(body, "updated"));
    return new State(
        chain, member(body, "document"), created, updated, clients, member(body, "initial"));
  }

  private static Json member(JsonObject body, String name) {
    return body.member(name).orElseThrow();
  }

  private static long number(Json value) {
    return (long) ((JsonNumber) value).value();
  }
}
