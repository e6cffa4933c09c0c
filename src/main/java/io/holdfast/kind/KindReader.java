package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import io.holdfast.document.Keys;
import io.holdfast.document.Limits;
import io.holdfast.document.PatchRefused;
import io.holdfast.document.Pointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one kind file: {@code conf/kinds/NAME.json}. */
final class KindReader {
  private static final List<String> MEMBERS = List.of(
      "kind",
      "description",
      "storage",
      "schema",
      "initial",
      "access",
      "limits",
      "keys",
      "snapshot",
      "source");
  private static final List<String> RIGHTS =
      List.of("read", "create", "write", "present", "delete", "history");
  private static final String WRITE_AT = "writeAt";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  /** Deep and long enough for the biggest {@code initial} inside a definition. */
  private static final Limits LIMITS =
      new Limits(KindLimits.MAX_DEPTH + 16, Limits.DEFAULT.stringBytes(), 2 * KindLimits.MAX_BYTES);

  private final Definition definition;
  private final String file;

  private KindReader(Definition definition) {
    this.definition = definition;
    this.file = definition.file();
  }

  /** Reads the content of {@code file}, whose base name is the kind's name. */
  static Kind read(String file, byte[] content) throws KindRefused {
    Json json;
    try {
      json = JsonReader.read(content, LIMITS);
    } catch (JsonRefused refused) {
      String place = refused.line() > 0
          ? "line %d, column %d: ".formatted(refused.line(), refused.column())
          : "";
      throw new Definition(file, "", JsonObject.empty())
          .refused(refused.pointer(), place + refused.detail());
    }
    if (!(json instanceof JsonObject object)) {
      throw new KindRefused(
          "%s: definition: %s (expected: an object)".formatted(file, Shown.value(json)));
    }
    return new KindReader(new Definition(file, "", object)).kind();
  }

  private Kind kind() throws KindRefused {
    definition.allowOnly(MEMBERS);
    String name = name();
    Storage storage = storage();
    source(storage);
    Optional<Schema> schema = schema();
    KindLimits limits = limits();
    return new Kind(
        name,
        definition.string("description").orElse(""),
        storage,
        schema,
        initial(schema, limits),
        access(),
        limits,
        keys(),
        snapshot(),
        definition.object());
  }

  private String name() throws KindRefused {
    String expected =
        file.endsWith(".json") ? file.substring(0, file.length() - ".json".length()) : file;
    String name = definition.string("kind").orElse("");
    if (!NAME.matcher(name).matches()) {
      throw definition.wrong("kind", "a name: a-z, then up to 31 of a-z 0-9 -");
    }
    if (!name.equals(expected)) {
      throw definition.wrong("kind", Shown.text(expected) + ", as the file is called");
    }
    return name;
  }

  private Storage storage() throws KindRefused {
    String storage = definition.string("storage").orElse("durable");
    for (Storage each : Storage.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(storage)) {
        return each;
      }
    }
    throw definition.wrong("storage", "durable, ephemeral or source");
  }

  private void source(Storage storage) throws KindRefused {
    if (storage == Storage.SOURCE && !definition.has("source")) {
      throw definition.wrong("source", "an object with at least url");
    }
    if (storage != Storage.SOURCE && definition.has("source")) {
      throw definition.wrong("storage", "\"source\", where there is a source");
    }
    if (storage == Storage.SOURCE) {
      OriginReader.read(definition.object("source"));
    }
  }

  private Optional<Schema> schema() throws KindRefused {
    Optional<Json> written = definition.object().member("schema");
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      Schema schema = Schema.compile(written.get());
      for (SchemaIndex.Misspelt misspelt : schema.misspelt()) {
        throw definition.refused(
            "/schema" + misspelt.pointer(),
            "keyword: %s (expected: %s)".formatted(Shown.text(misspelt.name()), misspelt.meant()));
      }
      return Optional.of(schema);
    } catch (SchemaRefused refused) {
      throw definition.refused("/schema" + refused.pointer(), refused.detail());
    }
  }

  private Json initial(Optional<Schema> schema, KindLimits limits) throws KindRefused {
    Optional<Json> written = definition.object().member("initial");
    if (written.isEmpty()) {
      return JsonNull.NULL;
    }
    Json initial = written.get();
    if (initial.encodedBytes() > limits.bytes()) {
      throw definition.refused(
          "/initial",
          "initial: %d bytes (expected: at most limits.bytes, %d)"
              .formatted(initial.encodedBytes(), limits.bytes()));
    }
    if (initial.depth() > limits.depth()) {
      throw definition.refused(
          "/initial",
          "initial: depth %d (expected: at most limits.depth, %d)"
              .formatted(initial.depth(), limits.depth()));
    }
    Optional<Violation> violation = schema.flatMap(rules -> rules.check(initial));
    if (violation.isPresent()) {
      throw definition.refused(
          "/initial" + violation.get().pointer(), violation.get().detail());
    }
    return initial;
  }

  /** Checks the shape; what the rules say is not this package's matter. */
  private JsonObject access() throws KindRefused {
    Definition access = definition.object("access");
    access.allowOnly(List.of("read", "create", "write", WRITE_AT, "present", "delete", "history"));
    for (String right : RIGHTS) {
      access.strings(right);
    }
    Definition parts = access.object(WRITE_AT);
    for (Map.Entry<String, Json> part : parts.object().members()) {
      pointer(parts, part.getKey());
      parts.strings(part.getKey());
    }
    return access.object();
  }

  private static void pointer(Definition parts, String pattern) throws KindRefused {
    try {
      Pointer.parse(pattern);
    } catch (PatchRefused refused) {
      throw parts.refused(
          Tokens.child(parts.pointer(), pattern),
          "pattern: %s (expected: a JSON pointer such as /members or /items/*/owner)"
              .formatted(Shown.text(pattern)));
    }
  }

  private KindLimits limits() throws KindRefused {
    Definition limits = definition.object("limits");
    limits.allowOnly(List.of("bytes", "depth", "commandsPerSecond"));
    return new KindLimits(
        limits.integer("bytes", KindLimits.DEFAULT.bytes(), KindLimits.MAX_BYTES),
        limits.integer("depth", KindLimits.DEFAULT.depth(), KindLimits.MAX_DEPTH),
        limits.integer(
            "commandsPerSecond",
            KindLimits.DEFAULT.commandsPerSecond(),
            KindLimits.MAX_COMMANDS_PER_SECOND));
  }

  private Keys keys() throws KindRefused {
    Definition written = definition.object("keys");
    Map<String, String> keys = new LinkedHashMap<>();
    for (Map.Entry<String, Json> key : written.object().members()) {
      if (!(key.getValue() instanceof JsonString member)) {
        throw written.wrong(key.getKey(), "the name of the member that tells elements apart");
      }
      keys.put(key.getKey(), member.value());
    }
    try {
      return Keys.of(keys);
    } catch (PatchRefused refused) {
      throw written.refused(Tokens.child(written.pointer(), refused.pointer()), refused.detail());
    }
  }

  private SnapshotPolicy snapshot() throws KindRefused {
    Definition snapshot = definition.object("snapshot");
    snapshot.allowOnly(List.of("events", "bytes"));
    return new SnapshotPolicy(
        snapshot.integer("events", SnapshotPolicy.DEFAULT.events(), SnapshotPolicy.MAX_EVENTS),
        snapshot.integer("bytes", SnapshotPolicy.DEFAULT.bytes(), SnapshotPolicy.MAX_BYTES));
  }
}
