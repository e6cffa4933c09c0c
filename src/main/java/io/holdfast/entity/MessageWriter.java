package io.holdfast.entity;

import io.holdfast.document.Json;
import io.holdfast.document.JsonBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Builds one JSON object, member by member. */
final class MessageWriter {
  private final JsonBuffer out;
  private boolean first = true;

  private MessageWriter(JsonBuffer out) {
    this.out = out.ascii("{");
  }

  static byte[] bytes(int estimate, Consumer<MessageWriter> members) {
    JsonBuffer out = new JsonBuffer(estimate);
    object(out, members);
    return out.toBytes();
  }

  private static void object(JsonBuffer out, Consumer<MessageWriter> members) {
    members.accept(new MessageWriter(out));
    out.ascii("}");
  }

  private JsonBuffer member(String name) {
    out.ascii(first ? "\"" : ",\"").ascii(name).ascii("\":");
    first = false;
    return out;
  }

  MessageWriter text(String name, String value) {
    member(name).string(value);
    return this;
  }

  MessageWriter number(String name, long value) {
    member(name).number(value);
    return this;
  }

  MessageWriter flag(String name, boolean value) {
    if (value) {
      member(name).ascii("true");
    }
    return this;
  }

  MessageWriter value(String name, Json value) {
    member(name).value(value);
    return this;
  }

  /** {@code json} is JSON text already. */
  MessageWriter raw(String name, byte[] json) {
    member(name).bytes(json);
    return this;
  }

  MessageWriter object(String name, Consumer<MessageWriter> members) {
    object(member(name), members);
    return this;
  }

  <T> MessageWriter objects(
      String name, List<T> all, java.util.function.BiConsumer<MessageWriter, T> write) {
    member(name).ascii("[");
    for (int i = 0; i < all.size(); i++) {
      T one = all.get(i);
      out.ascii(i == 0 ? "" : ",");
      object(out, members -> write.accept(members, one));
    }
    out.ascii("]");
    return this;
  }

  MessageWriter texts(String name, Iterable<String> all) {
    member(name).ascii("[");
    String separator = "";
    for (String text : all) {
      out.ascii(separator).string(text);
      separator = ",";
    }
    out.ascii("]");
    return this;
  }
}
