package io.holdfast.faults;

import io.holdfast.checker.Sight;
import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A frame from the server; what many sessions hear is parsed once and is one object.
 *
 * @param sight what an observer learns from it, if it says anything about a document
 */
record Incoming(String t, JsonObject json, Optional<Sight> sight) {
  private static final int MOST_KNOWN = 4096;
  private static final int LONGEST_KNOWN = 16 * 1024;
  private static final Map<String, Incoming> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Incoming> eldest) {
      return size() > MOST_KNOWN;
    }
  };

  static Incoming parse(String text) {
    if (text.length() > LONGEST_KNOWN) {
      return read(text);
    }
    synchronized (KNOWN) {
      return KNOWN.computeIfAbsent(text, Incoming::read);
    }
  }

  private static Incoming read(String text) {
    try {
      JsonObject json = (JsonObject) JsonReader.read(text);
      String t = text(json, "t");
      return new Incoming(t, json, sight(t, json));
    } catch (JsonRefused refused) {
      throw new AssertionError("frame: %s (expected: JSON)".formatted(text), refused);
    }
  }

  private static Optional<Sight> sight(String t, JsonObject json) {
    return switch (t) {
      case "state" -> Optional.of(
          new Sight.State(number(json, "epoch"), number(json, "version"), member(json, "doc")));
      case "current" -> Optional.of(
          new Sight.Current(number(json, "epoch"), number(json, "version")));
      case "changed" -> Optional.of(new Sight.Changed(
          number(json, "from"), number(json, "version"), member(json, "ops"), lines(json)));
      default -> Optional.empty();
    };
  }

  private static List<Sight.Line> lines(JsonObject json) {
    List<Sight.Line> lines = new ArrayList<>();
    for (Json one : (JsonArray) member(json, "changes")) {
      JsonObject line = (JsonObject) one;
      lines.add(new Sight.Line(
          number(line, "version"),
          text(line, "client"),
          number(line, "seq"),
          text(line, "by"),
          number(line, "at")));
    }
    return List.copyOf(lines);
  }

  boolean has(String member) {
    return json.has(member);
  }

  /** A string member; empty if there is none. */
  String text(String member) {
    return json.member(member).map(value -> ((JsonString) value).value()).orElse("");
  }

  long number(String member) {
    return number(json, member);
  }

  private static Json member(JsonObject json, String name) {
    return json.member(name)
        .orElseThrow(() -> new AssertionError("%s: missing in %s".formatted(name, json)));
  }

  private static String text(JsonObject json, String name) {
    return ((JsonString) member(json, name)).value();
  }

  private static long number(JsonObject json, String name) {
    return (long) ((JsonNumber) member(json, name)).value();
  }
}
