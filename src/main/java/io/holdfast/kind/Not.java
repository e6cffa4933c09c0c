package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.Optional;
import java.util.Set;

/** {@code not}: the schema must fail. */
record Not(SchemaNode schema) implements Constraint {
  @Override
  public Optional<Failure> check(Json value) {
    return schema.check(value).isPresent()
        ? Optional.empty()
        : Failure.of(Shown.value(value), "anything but what the schema excludes here");
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return schema.isBounded(above);
  }
}
