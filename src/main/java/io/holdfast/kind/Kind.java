package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import io.holdfast.document.Keys;
import java.util.Optional;

/**
 * A declared type of entity: what its documents look like, who may do what with them, and how they are kept.
 *
 * @param initial the document of version 0; null when the definition names none
 * @param access the rules as written; empty when the definition has none
 * @param definition the file's whole content, as {@code GET /v1/kinds/{kind}} shows it
 */
public record Kind(
    String name,
    String description,
    Storage storage,
    Optional<Schema> schema,
    Json initial,
    JsonObject access,
    KindLimits limits,
    Keys keys,
    SnapshotPolicy snapshot,
    JsonObject definition) {
  /** Where a source kind's documents come from; empty for the other kinds. */
  public Optional<Origin> origin() {
    Optional<Json> source = definition.member("source");
    if (storage != Storage.SOURCE
        || source.isEmpty()
        || !(source.get() instanceof JsonObject written)) {
      return Optional.empty();
    }
    try {
      return Optional.of(OriginReader.read(new Definition(name + ".json", "/source", written)));
    } catch (KindRefused wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
