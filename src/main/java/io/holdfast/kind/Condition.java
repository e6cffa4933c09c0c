package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.Optional;
import java.util.Set;

/** {@code if} with {@code then} and {@code else}. The condition is evaluated whole; its consequence by what changed. */
record Condition(SchemaNode test, Optional<SchemaNode> then, Optional<SchemaNode> otherwise)
    implements Constraint {
  @Override
  public Optional<Failure> check(Json value) {
    return consequence(holds(value)).flatMap(schema -> schema.check(value));
  }

  @Override
  public Optional<Failure> check(Json before, Json after) {
    boolean holds = holds(after);
    Optional<SchemaNode> consequence = consequence(holds);
    if (consequence.isEmpty()) {
      return Optional.empty();
    }
    return holds(before) == holds
        ? consequence.get().check(before, after)
        : consequence.get().check(after);
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return test.isBounded(above)
        && then.map(schema -> schema.isBounded(above)).orElse(true)
        && otherwise.map(schema -> schema.isBounded(above)).orElse(true);
  }

  private boolean holds(Json value) {
    return test.check(value).isEmpty();
  }

  private Optional<SchemaNode> consequence(boolean holds) {
    return holds ? then : otherwise;
  }
}
