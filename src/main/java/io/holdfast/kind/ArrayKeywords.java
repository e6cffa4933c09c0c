package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import java.util.Optional;
import java.util.Set;

/** The keywords for arrays that look at the array as a whole; whatever is no array meets them. */
final class ArrayKeywords {
  private ArrayKeywords() {}

  static Constraint minItems(Json keyword) {
    double least = NumberKeywords.number(keyword);
    String expected = "at least " + Shown.count((long) least, "item");
    return value -> value instanceof JsonArray array && array.size() < least
        ? Failure.of(Shown.value(value), expected)
        : Optional.empty();
  }

  static Constraint maxItems(Json keyword) {
    double most = NumberKeywords.number(keyword);
    String expected = "at most " + Shown.count((long) most, "item");
    return value -> value instanceof JsonArray array && array.size() > most
        ? Failure.of(Shown.value(value), expected)
        : Optional.empty();
  }

  /** {@code contains} with {@code minContains} and {@code maxContains}. */
  record Contains(SchemaNode schema, double least, double most) implements Constraint {
    @Override
    public Optional<Failure> check(Json value) {
      if (!(value instanceof JsonArray array)) {
        return Optional.empty();
      }
      int found = 0;
      for (Json element : array) {
        found += schema.check(element).isEmpty() ? 1 : 0;
      }
      String actual = Shown.count(found, "matching item");
      if (found < least) {
        return Failure.of(actual, "at least " + (long) least);
      }
      return found > most ? Failure.of(actual, "at most " + (long) most) : Optional.empty();
    }

    @Override
    public void mark(Json value, Evaluated evaluated) {
      if (value instanceof JsonArray array) {
        for (int i = 0; i < array.size(); i++) {
          if (schema.check(array.element(i)).isEmpty()) {
            evaluated.index(i);
          }
        }
      }
    }

    @Override
    public boolean marksAtOnce() {
      return false;
    }

    @Override
    public boolean isBounded(Set<SchemaNode> above) {
      return false;
    }
  }
}
