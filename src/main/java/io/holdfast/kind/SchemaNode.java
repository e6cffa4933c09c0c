package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One schema or subschema: all its constraints together. Schemas may refer to each other in circles, so it is completed later. */
final class SchemaNode implements Constraint {
  private final String pointer;
  private List<Constraint> constraints = List.of();
  private int types = Types.ANY;
  private boolean typesKnown;
  private Optional<Boolean> bounded = Optional.empty();

  SchemaNode(String pointer) {
    this.pointer = pointer;
  }

  /** Where it stands in the schema document. */
  String pointer() {
    return pointer;
  }

  void complete(List<Constraint> all) {
    constraints = List.copyOf(all);
  }

  @Override
  public Optional<Failure> check(Json value) {
    for (Constraint constraint : constraints) {
      Optional<Failure> failure = constraint.check(value);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // what is shared is known to be valid
  public Optional<Failure> check(Json before, Json after) {
    if (before == after) {
      return Optional.empty();
    }
    for (Constraint constraint : constraints) {
      Optional<Failure> failure = constraint.check(before, after);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  @Override
  public void mark(Json value, Evaluated evaluated) {
    constraints.forEach(constraint -> constraint.mark(value, evaluated));
  }

  @Override
  public boolean marksAtOnce() {
    return constraints.stream().allMatch(Constraint::marksAtOnce);
  }

  @Override
  public int types() {
    if (!typesKnown) {
      int all = Types.ANY;
      for (Constraint constraint : constraints) {
        all &= constraint.types();
      }
      types = all;
      typesKnown = true;
    }
    return types;
  }

  /** Whether a value of this type may meet it. */
  boolean canBe(int type) {
    return (types() & type) != 0;
  }

  /** No value meets it. */
  boolean isFalse() {
    return types() == Types.NONE;
  }

  /** The answer does not depend on the way here: whoever meets a schema again is part of a circle or leads into one. */
  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    if (bounded.isEmpty()) {
      bounded = Optional.of(
          above.add(this) && constraints.stream().allMatch(each -> each.isBounded(above)));
      above.remove(this);
    }
    return bounded.get();
  }
}
