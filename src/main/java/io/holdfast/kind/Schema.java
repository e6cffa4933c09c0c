package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.List;
import java.util.Optional;

/** A compiled JSON Schema (2020-12) that can judge a change in the time of what changed. Immutable. */
public final class Schema {
  private Schema() {}

  public static Schema compile(Json schema) throws SchemaRefused {
    throw new UnsupportedOperationException(schema.toString());
  }

  /** The first violation in the whole document. */
  public Optional<Violation> check(Json document) {
    throw new UnsupportedOperationException(document.toString());
  }

  /** The same verdict as {@code check(after)}, where {@code before} is known to be valid. */
  public Optional<Violation> check(Json before, Json after) {
    throw new UnsupportedOperationException(before + " " + after);
  }

  /** Pointers into the schema that force a whole subtree to be judged again after any change in it. */
  public List<String> notIncremental() {
    throw new UnsupportedOperationException();
  }
}
