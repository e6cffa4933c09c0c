package io.holdfast.protocol;

import io.holdfast.document.Json;
import io.holdfast.document.JsonBuffer;
import java.util.List;

/** Writes what the server says, {@code t} first. */
public final class ServerFrames {
  private static final int SMALL = 192;

  private ServerFrames() {}

  /** The limits a client is told of in {@code welcome}. */
  public record Limits(int frameBytes, int open, int inFlight) {}

  public static Frame welcome(
      String session,
      String node,
      String subject,
      long heartbeatMs,
      long serverTime,
      Limits limits) {
    JsonBuffer out = begin("welcome");
    text(out, "session", session);
    text(out, "node", node);
    text(out, "subject", subject);
    number(out, "heartbeatMs", heartbeatMs);
    number(out, "serverTime", serverTime);
    out.ascii(",\"limits\":{\"frameBytes\":").number(limits.frameBytes());
    number(out, "open", limits.open());
    number(out, "inFlight", limits.inFlight());
    return end(out.ascii("}"));
  }

  public static Frame state(EntityId entity, Position at, Json doc) {
    JsonBuffer out = begin("state", SMALL + doc.encodedBytes());
    text(out, "entity", entity.toString());
    position(out, at);
    return Frame.of(out.ascii(",\"doc\":").value(doc).ascii("}"), true);
  }

  public static Frame current(EntityId entity, Position at) {
    JsonBuffer out = begin("current");
    text(out, "entity", entity.toString());
    position(out, at);
    return end(out);
  }

  /** {@code ops}: JSON arrays, each the encoded ops of one change; together they lead from {@code from} to {@code version}. */
  public static Frame changed(
      EntityId entity, long from, long version, List<byte[]> ops, List<ChangeMeta> changes) {
    int size = ops.stream().mapToInt(o -> o.length).sum() + SMALL + SMALL * changes.size();
    JsonBuffer out = begin("changed", size);
    text(out, "entity", entity.toString());
    number(out, "from", from);
    number(out, "version", version);
    joinArrays(out.ascii(",\"ops\":["), ops);
    metas(out.ascii("],\"changes\":["), changes);
    return end(out.ascii("]"));
  }

  private static void joinArrays(JsonBuffer out, List<byte[]> arrays) {
    boolean first = true;
    for (byte[] array : arrays) {
      if (array.length > 2) {
        out.ascii(first ? "" : ",").bytes(array, 1, array.length - 2);
        first = false;
      }
    }
  }

  private static void metas(JsonBuffer out, List<ChangeMeta> changes) {
    boolean first = true;
    for (ChangeMeta change : changes) {
      out.ascii(first ? "{\"version\":" : ",{\"version\":").number(change.version());
      text(out, "client", change.client());
      number(out, "seq", change.seq());
      text(out, "by", change.by());
      number(out, "at", change.at());
      out.ascii("}");
      first = false;
    }
  }

  public static Frame accepted(EntityId entity, long seq, long version, boolean duplicate) {
    JsonBuffer out = begin("accepted");
    text(out, "entity", entity.toString());
    number(out, "seq", seq);
    number(out, "version", version);
    return end(duplicate ? out.ascii(",\"duplicate\":true") : out);
  }

  public static Frame refused(EntityId entity, long seq, Refusal refusal, long version) {
    JsonBuffer out = begin("refused");
    text(out, "entity", entity.toString());
    number(out, "seq", seq);
    text(out, "code", refusal.code().wire());
    text(out, "detail", refusal.detail());
    if (!refusal.pointer().isEmpty()) {
      text(out, "pointer", refusal.pointer());
    }
    number(out, "version", version);
    return end(out);
  }

  public static Frame gap(EntityId entity, long expected) {
    JsonBuffer out = begin("gap");
    text(out, "entity", entity.toString());
    number(out, "expected", expected);
    return end(out);
  }

  /** One session's presence as others see it. */
  public record Present(String session, String client, String by, Json data) {}

  /** Everyone present, as answer to an {@code open} that asked for it. */
  public static Frame presenceAll(EntityId entity, Iterable<Present> all) {
    JsonBuffer out = begin("presence");
    text(out, "entity", entity.toString());
    present(out.ascii(",\"all\":["), all);
    return end(out.ascii("]"));
  }

  public static Frame presence(EntityId entity, List<Present> put, List<String> gone) {
    JsonBuffer out = begin("presence");
    text(out, "entity", entity.toString());
    if (!put.isEmpty()) {
      present(out.ascii(",\"put\":["), put);
      out.ascii("]");
    }
    if (!gone.isEmpty()) {
      out.ascii(",\"gone\":[");
      for (int i = 0; i < gone.size(); i++) {
        out.ascii(i == 0 ? "" : ",").string(gone.get(i));
      }
      out.ascii("]");
    }
    return end(out);
  }

  private static void present(JsonBuffer out, Iterable<Present> some) {
    boolean first = true;
    for (Present one : some) {
      out.ascii(first ? "{\"session\":" : ",{\"session\":").string(one.session());
      text(out, "client", one.client());
      text(out, "by", one.by());
      out.ascii(",\"data\":").value(one.data()).ascii("}");
      first = false;
    }
  }

  public static Frame closed(EntityId entity, ErrorCode code, String detail) {
    JsonBuffer out = begin("closed");
    text(out, "entity", entity.toString());
    text(out, "code", code.wire());
    text(out, "detail", detail);
    return end(out);
  }

  /** Why the server ends a connection. */
  public enum Goaway {
    DRAINING,
    EXPIRED,
    REVOKED,
    OVERLOADED,
    PROTOCOL;

    String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static Frame goaway(Goaway code, String detail, long retryAfterMs) {
    JsonBuffer out = begin("goaway");
    text(out, "code", code.wire());
    text(out, "detail", detail);
    number(out, "retryAfterMs", retryAfterMs);
    return end(out);
  }

  /** {@code re} and {@code entity} are left out where empty. */
  public static Frame error(Refusal refusal, String re, String entity) {
    JsonBuffer out = begin("error");
    text(out, "code", refusal.code().wire());
    text(out, "detail", refusal.detail());
    if (!re.isEmpty()) {
      text(out, "re", re);
    }
    if (!entity.isEmpty()) {
      text(out, "entity", entity);
    }
    return end(out);
  }

  public static Frame pong(Json n) {
    return end(begin("pong").ascii(",\"n\":").value(n));
  }

  private static JsonBuffer begin(String t) {
    return begin(t, SMALL);
  }

  private static JsonBuffer begin(String t, int size) {
    return new JsonBuffer(size).ascii("{\"t\":\"").ascii(t).ascii("\"");
  }

  private static Frame end(JsonBuffer out) {
    return Frame.of(out.ascii("}"));
  }

  private static void position(JsonBuffer out, Position at) {
    number(out, "epoch", at.epoch());
    number(out, "version", at.version());
  }

  private static void text(JsonBuffer out, String name, String value) {
    out.ascii(",\"").ascii(name).ascii("\":").string(value);
  }

  private static void number(JsonBuffer out, String name, long value) {
    out.ascii(",\"").ascii(name).ascii("\":").number(value);
  }
}
