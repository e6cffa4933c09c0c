package io.holdfast.acceptance;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.PatchRefused;
import io.holdfast.document.Pointer;
import java.util.ArrayList;
import java.util.List;

/** One frame as a client got it, or an object in one. */
public record ServerFrame(JsonObject json) {
  static ServerFrame parse(String text) {
    return new ServerFrame((JsonObject) SingleQuotes.parsed(text));
  }

  /** The frame's name. */
  public String t() {
    return text("t");
  }

  boolean is(String t, String entity) {
    return t().equals(t) && has("entity") && text("entity").equals(entity);
  }

  boolean has(String member) {
    return json.has(member);
  }

  /** A string member; fails if there is none. */
  String text(String member) {
    return ((JsonString) json.member(member).orElseThrow(() -> missing(member))).value();
  }

  /** An integer member; fails if there is none. */
  long number(String member) {
    return (long) ((JsonNumber) json.member(member).orElseThrow(() -> missing(member))).value();
  }

  /** What {@code pointer} leads to, null if nowhere. */
  Json at(String pointer) {
    try {
      return Pointer.parse(pointer).in(json).orElse(JsonNull.NULL);
    } catch (PatchRefused refused) {
      throw new AssertionError(pointer, refused);
    }
  }

  /** What {@code changed} says of each change. */
  List<ServerFrame> changes() {
    List<ServerFrame> changes = new ArrayList<>();
    ((JsonArray) at("/changes"))
        .forEach(change -> changes.add(new ServerFrame((JsonObject) change)));
    return changes;
  }

  private AssertionError missing(String member) {
    return new AssertionError("no " + member + " in " + json);
  }

  @Override
  public String toString() {
    String text = json.toString();
    return text.length() > 400 ? text.substring(0, 400) + "…" : text;
  }
}
