package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.List;
import java.util.Optional;

/** A compiled JSON Schema (2020-12) that can judge a change in the time of what changed. Immutable. */
public final class Schema {
  private final SchemaNode root;
  private final List<String> notIncremental;
  private final List<SchemaIndex.Misspelt> misspelt;

  Schema(SchemaNode root, List<String> notIncremental, List<SchemaIndex.Misspelt> misspelt) {
    this.root = root;
    this.notIncremental = List.copyOf(notIncremental);
    this.misspelt = List.copyOf(misspelt);
  }

  /** Refuses what the 2020-12 meta-schema refuses, references out of the document, circles and broken regular expressions. */
  public static Schema compile(Json schema) throws SchemaRefused {
    return SchemaCompiler.compile(schema);
  }

  /** The first violation in the whole document. */
  public Optional<Violation> check(Json document) {
    return root.check(document).map(Failure::violation);
  }

  /** The same verdict as {@code check(after)}, where {@code before} is known to be valid; shared parts are not looked at. */
  public Optional<Violation> check(Json before, Json after) {
    return root.check(before, after).map(Failure::violation);
  }

  /** Pointers into the schema that force a whole subtree to be judged again after any change in it. */
  public List<String> notIncremental() {
    return notIncremental;
  }

  /** Members that are no keywords but nearly: allowed by the standard, yet surely not meant. */
  List<SchemaIndex.Misspelt> misspelt() {
    return misspelt;
  }
}
