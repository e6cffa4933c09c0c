package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each element has to meet: {@code prefixItems} by position, {@code items} after them. */
record Elements(List<SchemaNode> prefix, Optional<SchemaNode> rest) implements Constraint {
  @Override
  public Optional<Failure> check(Json value) {
    if (!(value instanceof JsonArray array)) {
      return Optional.empty();
    }
    int index = 0;
    for (Json element : array) {
      if (index >= prefix.size() && rest.isEmpty()) {
        return Optional.empty();
      }
      Optional<Failure> failure = check(index, Optional.empty(), element);
      if (failure.isPresent()) {
        return failure;
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
    if (changes.shiftedFrom().orElse(prefix.size()) < prefix.size()) {
      return check(after);
    }
    for (ArrayChanges.Replaced each : changes.replaced()) {
      Optional<Failure> failure = check(each.index(), Optional.of(each.before()), each.after());
      if (failure.isPresent()) {
        return failure;
      }
    }
    for (int index : changes.inserted()) {
      Optional<Failure> failure = check(index, Optional.empty(), is.element(index));
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> check(int index, Optional<Json> before, Json after) {
    Optional<SchemaNode> schema = index < prefix.size() ? Optional.of(prefix.get(index)) : rest;
    if (schema.isEmpty()) {
      return Optional.empty();
    }
    Optional<Failure> failure = before.isPresent()
        ? schema.get().check(before.get(), after)
        : schema.get().check(after);
    return failure.map(found -> found.under(Integer.toString(index)));
  }

  @Override
  public void mark(Json value, Evaluated evaluated) {
    if (value instanceof JsonArray array) {
      evaluated.firstIndexes(rest.isPresent() ? array.size() : prefix.size());
    }
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return rest.map(SchemaNode::isFalse).orElse(true)
        && prefix.stream().allMatch(schema -> schema.isBounded(above));
  }
}
