package io.holdfast.kind;

import io.holdfast.document.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code anyOf} and {@code oneOf}. Branches a value's type rules out are not tried; where that leaves one branch, a change is
 * judged by what changed, else the whole value is judged again.
 */
record Choice(List<SchemaNode> branches, boolean exactlyOne) implements Constraint {
  @Override
  public Optional<Failure> check(Json value) {
    List<SchemaNode> fitting = fitting(Types.of(value));
    Optional<Failure> deepest = Optional.empty();
    int met = 0;
    for (SchemaNode branch : fitting) {
      Optional<Failure> failure = branch.check(value);
      met += failure.isEmpty() ? 1 : 0;
      if (met == 1 && !exactlyOne) {
        return Optional.empty();
      }
      deepest = deeper(deepest, failure);
    }
    return met == 1 ? Optional.empty() : refusal(value, met, fitting, deepest);
  }

  @Override
  public Optional<Failure> check(Json before, Json after) {
    if (Types.of(before) == Types.of(after)) {
      List<SchemaNode> fitting = fitting(Types.of(after));
      if (fitting.size() == 1) {
        return fitting.get(0).check(before, after);
      }
    }
    return check(after);
  }

  /** Whether a change inside a value of this type makes the whole of it be judged again, at a cost that grows with it. */
  boolean rejudges(int type) {
    List<SchemaNode> fitting = fitting(type);
    return fitting.size() > 1 && !Bounds.areBounded(fitting);
  }

  @Override
  public void mark(Json value, Evaluated evaluated) {
    List<SchemaNode> fitting = fitting(Types.of(value));
    for (SchemaNode branch : fitting) {
      if (fitting.size() == 1 || branch.check(value).isEmpty()) {
        branch.mark(value, evaluated);
      }
    }
  }

  @Override
  public boolean marksAtOnce() {
    return marksAtOnce(Types.ARRAY) && marksAtOnce(Types.OBJECT);
  }

  private boolean marksAtOnce(int type) {
    List<SchemaNode> fitting = fitting(type);
    return fitting.size() == 1 ? fitting.get(0).marksAtOnce() : Bounds.areBounded(fitting);
  }

  @Override
  public int types() {
    return branches.stream()
        .mapToInt(SchemaNode::types)
        .reduce(Types.NONE, (all, one) -> all | one);
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return branches.stream().allMatch(branch -> branch.isBounded(above));
  }

  private List<SchemaNode> fitting(int type) {
    return branches.stream().filter(branch -> (branch.types() & type) != 0).toList();
  }

  private static Optional<Failure> deeper(Optional<Failure> one, Optional<Failure> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return one.get().pointer().length() >= other.get().pointer().length() ? one : other;
  }

  private Optional<Failure> refusal(
      Json value, int met, List<SchemaNode> fitting, Optional<Failure> deepest) {
    if (met > 1) {
      return Failure.of(Shown.value(value), "to match exactly one of the alternatives, not " + met);
    }
    if (fitting.isEmpty()) {
      return Failure.of(Shown.value(value), Types.describe(types()));
    }
    if (fitting.size() == 1
        || deepest.filter(failure -> !failure.pointer().isEmpty()).isPresent()) {
      return deepest;
    }
    return Failure.of(
        Shown.value(value), "to match one of %d alternatives".formatted(branches.size()));
  }
}
