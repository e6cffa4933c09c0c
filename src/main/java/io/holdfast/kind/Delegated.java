package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.Optional;
import java.util.Set;

/** A subschema the library judges, whole. */
record Delegated(Library library, String pointer) implements Constraint {
  @Override
  public Optional<Failure> check(Json value) {
    return library.check(pointer, value);
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return false;
  }
}
