package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code uniqueItems}: no two elements are equal. After a change only new elements are compared, unless they are many. */
final class UniqueItems implements Constraint {
  private static final int FEW = 8;

  private record Twins(int later, int earlier) {}

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
    Optional<Twins> first = Optional.empty();
    for (int fresh : changes.fresh()) {
      first = earlier(first, twins(fresh, is));
    }
    return first.flatMap(twins -> repeated(twins.later(), twins.earlier()));
  }

  /** The first of its pairs of twins, seen from the later one. */
  private static Optional<Twins> twins(int fresh, JsonArray array) {
    Json element = array.element(fresh);
    Optional<Twins> first = Optional.empty();
    int index = 0;
    for (Json other : array) {
      if (index != fresh && other.equals(element)) {
        first =
            earlier(first, Optional.of(new Twins(Math.max(index, fresh), Math.min(index, fresh))));
      }
      index++;
    }
    return first;
  }

  private static Optional<Twins> earlier(Optional<Twins> one, Optional<Twins> other) {
    return Stream.concat(one.stream(), other.stream())
        .min(Comparator.comparingInt(Twins::later).thenComparingInt(Twins::earlier));
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
