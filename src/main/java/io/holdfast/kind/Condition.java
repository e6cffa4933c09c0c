package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code if} with {@code then} and {@code else}. The condition is evaluated whole; its consequence by what changed. */
record Condition(SchemaNode test, Optional<SchemaNode> then, Optional<SchemaNode> otherwise)
    implements Constraint {
  @Override
  public Optional<Failure> check(Json value) {
    return isIdle()
        ? Optional.empty()
        : consequence(holds(value)).flatMap(schema -> schema.check(value));
  }

  @Override
  public Optional<Failure> check(Json before, Json after) {
    if (isIdle()) {
      return Optional.empty();
    }
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
  public void mark(Json value, Evaluated evaluated) {
    boolean holds = holds(value);
    if (holds) {
      test.mark(value, evaluated);
    }
    consequence(holds).ifPresent(schema -> schema.mark(value, evaluated));
  }

  @Override
  public boolean marksAtOnce() {
    return Bounds.areBounded(List.of(test))
        && then.map(SchemaNode::marksAtOnce).orElse(true)
        && otherwise.map(SchemaNode::marksAtOnce).orElse(true);
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return test.isBounded(above)
        && then.map(schema -> schema.isBounded(above)).orElse(true)
        && otherwise.map(schema -> schema.isBounded(above)).orElse(true);
  }

  /** Without consequence: a note for {@link Unevaluated} only. */
  private boolean isIdle() {
    return then.isEmpty() && otherwise.isEmpty();
  }

  private boolean holds(Json value) {
    return test.check(value).isEmpty();
  }

  private Optional<SchemaNode> consequence(boolean holds) {
    return holds ? then : otherwise;
  }
}
