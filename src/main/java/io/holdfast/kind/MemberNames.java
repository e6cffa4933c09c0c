package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code propertyNames}: what each member's name has to meet. */
record MemberNames(SchemaNode schema) implements Constraint {
  @Override
  public Optional<Failure> check(Json value) {
    if (!(value instanceof JsonObject object)) {
      return Optional.empty();
    }
    for (Map.Entry<String, Json> member : object.members()) {
      Optional<Failure> failure = check(member.getKey());
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Failure> check(Json before, Json after) {
    if (!(before instanceof JsonObject was && after instanceof JsonObject is)) {
      return check(after);
    }
    Added added = new Added();
    JsonObject.changes(was, is, added);
    return added.first;
  }

  private Optional<Failure> check(String name) {
    return schema.check(JsonString.of(name)).map(failure -> new Failure(
            "", "name " + failure.actual(), failure.expected())
        .under(name));
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return false;
  }

  private final class Added implements JsonObject.ChangeVisitor {
    private Optional<Failure> first = Optional.empty();

    @Override
    public void added(String key, Json value) {
      if (first.isEmpty()) {
        first = check(key);
      }
    }

    @Override
    public void removed(String key, Json value) {}

    @Override
    public void replaced(String key, Json before, Json after) {}
  }
}
