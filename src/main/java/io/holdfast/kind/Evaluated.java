package io.holdfast.kind;

import java.util.HashSet;
import java.util.Set;

/** Which members or elements of one value are spoken for: some schema that the value meets says what they have to be. */
final class Evaluated {
  private final Set<String> names = new HashSet<>();
  private final Set<Integer> indexes = new HashSet<>();
  private boolean allNames;
  private int firstIndexes;

  void name(String name) {
    names.add(name);
  }

  void allNames() {
    allNames = true;
  }

  void index(int index) {
    indexes.add(index);
  }

  /** Every index below {@code count}. */
  void firstIndexes(int count) {
    firstIndexes = Math.max(firstIndexes, count);
  }

  boolean has(String name) {
    return allNames || names.contains(name);
  }

  boolean has(int index) {
    return index < firstIndexes || indexes.contains(index);
  }
}
