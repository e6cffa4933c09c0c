package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.Optional;
import java.util.Set;

/** What one keyword, or a whole schema, demands of a value. */
interface Constraint {
  /** The first thing the value does not meet. */
  Optional<Failure> check(Json value);

  /** The same verdict as {@code check(after)}, where {@code before} is known to meet this. */
  default Optional<Failure> check(Json before, Json after) {
    return check(after);
  }

  /** Which {@link Types} a value that meets this can have; never too few. */
  default int types() {
    return Types.ANY;
  }

  /** Marks what this speaks for in a value known to meet it. */
  default void mark(Json value, Evaluated evaluated) {}

  /** Whether marking costs no more than the names and positions there are, however big members and elements are. */
  default boolean marksAtOnce() {
    return true;
  }

  /**
   * Whether a check costs at most the size of the schema, however big the value is.
   *
   * @param above the schemas this question came through; meeting one of them again means recursion
   */
  default boolean isBounded(Set<SchemaNode> above) {
    return true;
  }
}
