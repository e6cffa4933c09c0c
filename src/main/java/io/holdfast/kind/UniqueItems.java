package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code uniqueItems}: no two elements are equal. After a change only new elements are compared, unless they are many. */
final class UniqueItems implements Constraint {
  private static final int FEW = 8;

  @Override
  public Optional<Failure> check(Json value) {
    if (!(value instanceof JsonArray array)) {
      return Optional.empty();
    }
    Map<Json, Integer> seen = new HashMap<>();
    int index = 0;
    for (Json element : array) {
      Integer twin = seen.putIfAbsent(element, index);
      if (twin != null) {
        return repeated(index, twin);
      }
      index++;
    }
    return Optional.empty();
  }

  @Override
  public Optional<Failure> check(Json before, Json after) {
    if (!(before instanceof JsonArray was && after instanceof JsonArray is)) {
      return check(after);
    }
    ArrayChanges changes = ArrayChanges.between(was, is);
    if (changes.fresh().size() > FEW) {
      return check(after);
    }
    for (int fresh : changes.fresh()) {
      Optional<Failure> failure = twinOf(fresh, is);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> twinOf(int fresh, JsonArray array) {
    Json element = array.element(fresh);
    int index = 0;
    for (Json other : array) {
      if (index != fresh && other.equals(element)) {
        return repeated(fresh, index);
      }
      index++;
    }
    return Optional.empty();
  }

  private static Optional<Failure> repeated(int index, int twin) {
    return Failure.of("the same as item " + twin, "different from every other item")
        .map(failure -> failure.under(Integer.toString(index)));
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return false;
  }
}
