package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code unevaluatedProperties} and {@code unevaluatedItems}: what has to meet a schema of its own because nothing beside it, nor
 * any schema applied to the same value, speaks for it.
 *
 * @param beside everything else in the schema object, all of which the value meets
 * @param type {@link Types#OBJECT} or {@link Types#ARRAY}
 */
record Unevaluated(List<Constraint> beside, SchemaNode schema, int type) implements Constraint {
  Unevaluated {
    beside = List.copyOf(beside);
  }

  @Override
  public Optional<Failure> check(Json value) {
    if (Types.of(value) != type) {
      return Optional.empty();
    }
    Evaluated evaluated = new Evaluated();
    beside.forEach(constraint -> constraint.mark(value, evaluated));
    return value instanceof JsonObject object
        ? checkMembers(object, evaluated)
        : checkElements((JsonArray) value, evaluated);
  }

  private Optional<Failure> checkMembers(JsonObject object, Evaluated evaluated) {
    for (Map.Entry<String, Json> member : object.members()) {
      if (!evaluated.has(member.getKey())) {
        Optional<Failure> failure = checkRest(member.getValue());
        if (failure.isPresent()) {
          return failure.map(found -> found.under(member.getKey()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> checkElements(JsonArray array, Evaluated evaluated) {
    int index = 0;
    for (Json element : array) {
      if (!evaluated.has(index)) {
        String token = Integer.toString(index);
        Optional<Failure> failure = checkRest(element);
        if (failure.isPresent()) {
          return failure.map(found -> found.under(token));
        }
      }
      index++;
    }
    return Optional.empty();
  }

  private Optional<Failure> checkRest(Json value) {
    return schema.isFalse()
        ? Failure.of("not allowed", "only what the schema names")
        : schema.check(value);
  }

  @Override
  public void mark(Json value, Evaluated evaluated) {
    if (value instanceof JsonArray array && type == Types.ARRAY) {
      evaluated.firstIndexes(array.size());
    } else if (value instanceof JsonObject && type == Types.OBJECT) {
      evaluated.allNames();
    }
  }

  /** Whether a change makes it judge whole members again: to find which branch speaks for what, or against its own schema. */
  boolean rejudges() {
    return !schema.isFalse() || !beside.stream().allMatch(Constraint::marksAtOnce);
  }

  @Override
  public boolean isBounded(Set<SchemaNode> above) {
    return false;
  }
}
