package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each member's value has to meet: {@code properties}, {@code patternProperties} and, where neither names the member,
 * {@code additionalProperties}.
 */
record Members(Map<String, SchemaNode> named, List<Pattern> patterns, Optional<SchemaNode> others)
    implements Constraint {
  /** The schema of every member whose name matches. */
  record Pattern(Regex name, SchemaNode schema) {}

  @Override
  public Optional<Failure> check(Json value) {
    if (!(value instanceof JsonObject object)) {
      return Optional.empty();
    }
    for (Map.Entry<String, Json> member : object.members()) {
      Optional<Failure> failure = check(member.getKey(), Optional.empty(), member.getValue());
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
    Changes changes = new Changes();
    JsonObject.changes(was, is, changes);
    return changes.first;
  }

  private Optional<Failure> check(String key, Optional<Json> before, Json after) {
    for (SchemaNode schema : schemas(key)) {
      if (schema.isFalse()) {
        return Optional.of(notAllowed().under(key));
      }
      Optional<Failure> failure =
          before.isPresent() ? schema.check(before.get(), after) : schema.check(after);
      if (failure.isPresent()) {
        return failure.map(found -> found.under(key));
      }
    }
    return Optional.empty();
  }

  private List<SchemaNode> schemas(String key) {
    List<SchemaNode> schemas = new ArrayList<>(2);
    SchemaNode own = named.get(key);
    if (own != null) {
      schemas.add(own);
    }
    for (Pattern pattern : patterns) {
      if (pattern.name().find(key) != Regex.Search.MISSING) {
        schemas.add(pattern.schema());
      }
    }
    if (schemas.isEmpty()) {
      others.ifPresent(schemas::add);
    }
    return schemas;
  }

  private Failure notAllowed() {
    List<String> names = named.keySet().stream().sorted().toList();
    return new Failure(
        "", "not allowed", names.isEmpty() ? "no such member" : "only " + Shown.choices(names));
  }

  @Override
  public void mark(Json value, Evaluated evaluated) {
    if (others.isPresent()) {
      evaluated.allNames();
    } else if (value instanceof JsonObject object) {
      object.forEach((name, member) -> {
        if (!schemas(name).isEmpty()) {
          evaluated.name(name);
        }
      });
    }
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return patterns.isEmpty()
        && others.map(SchemaNode::isFalse).orElse(true)
        && named.values().stream().allMatch(schema -> schema.isBounded(above));
  }

  /** Checks what changed, up to the first failure. */
  private final class Changes implements JsonObject.ChangeVisitor {
    private Optional<Failure> first = Optional.empty();

    @Override
    public void added(String key, Json value) {
      if (first.isEmpty()) {
        first = check(key, Optional.empty(), value);
      }
    }

    @Override
    public void removed(String key, Json value) {}

    @Override
    public void replaced(String key, Json before, Json after) {
      if (first.isEmpty()) {
        first = check(key, Optional.of(before), after);
      }
    }
  }
}
