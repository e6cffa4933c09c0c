package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;

/** What one array has that another has not, told by reference. */
final class ArrayChanges implements JsonArray.ChangeVisitor {
  /** An element that took another's place. */
  record Replaced(int index, Json before, Json after) {}

  private final JsonArray before;
  private final JsonArray after;
  private final List<Replaced> replaced = new ArrayList<>();
  private final List<Integer> inserted = new ArrayList<>();
  private OptionalInt shiftedFrom = OptionalInt.empty();

  private ArrayChanges(JsonArray before, JsonArray after) {
    this.before = before;
    this.after = after;
  }

  static ArrayChanges between(JsonArray before, JsonArray after) {
    ArrayChanges changes = new ArrayChanges(before, after);
    JsonArray.changes(before, after, changes);
    return changes;
  }

  /** Elements that changed in their place. */
  List<Replaced> replaced() {
    return replaced;
  }

  /** Indexes of elements that were not in the array before. */
  List<Integer> inserted() {
    return inserted;
  }

  /** The first index whose element may have come from another one. */
  OptionalInt shiftedFrom() {
    return shiftedFrom;
  }

  /** Indexes of all elements that were not there before. */
  List<Integer> fresh() {
    List<Integer> fresh = new ArrayList<>(inserted);
    replaced.forEach(element -> fresh.add(element.index()));
    return fresh;
  }

  @Override
  public void replaced(int index, Json was, Json is) {
    replaced.add(new Replaced(index, was, is));
  }

  @Override
  public void spliced(int index, int removed, int added) {
    shiftedFrom = OptionalInt.of(index);
    IdentityHashMap<Json, Integer> known = new IdentityHashMap<>();
    for (int i = index; i < index + removed; i++) {
      known.merge(before.element(i), 1, Integer::sum);
    }
    for (int i = index; i < index + added; i++) {
      Integer left =
          known.computeIfPresent(after.element(i), (element, count) -> count > 1 ? count - 1 : 0);
      if (left == null) {
        inserted.add(i);
      } else if (left == 0) {
        known.remove(after.element(i));
      }
    }
  }
}
