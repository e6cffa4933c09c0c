package io.holdfast.document;

import java.util.HashMap;
import java.util.Map;

/** The difference of two arrays whose elements have no names: by position, or by the longest common subsequence. */
final class ArrayDiff {
  /** Above this share of changed positions elements may have shifted, which is worth a search. */
  private static final int FEW = 4;

  private final Diff diff;
  private final JsonArray before;
  private final JsonArray after;

  ArrayDiff(Diff diff, JsonArray before, JsonArray after) {
    this.diff = diff;
    this.before = before;
    this.after = after;
  }

  void write() {
    if (before.size() == after.size() && writeByPosition()) {
      return;
    }
    int most = Math.min(before.size(), after.size());
    int prefix = prefix(most);
    int suffix = suffix(most - prefix);
    int removed = before.size() - prefix - suffix;
    int added = after.size() - prefix - suffix;
    int[] from = new int[removed];
    int[] to = new int[added];
    number(prefix, from, to);
    for (Alignment.Hunk hunk : Alignment.of(from, to)) {
      write(hunk, prefix);
    }
  }

  /** Whether few enough positions changed to take them one by one. */
  private boolean writeByPosition() {
    int[] changed = JsonArray.changedIndexes(before, after);
    if (changed.length > 1 && changed.length > before.size() / FEW) {
      return false;
    }
    for (int index : changed) {
      diff.child(Integer.toString(index), before.element(index), after.element(index));
    }
    return true;
  }

  private int prefix(int most) {
    int prefix = Math.min(most, JsonArray.sharedPrefix(before, after));
    while (prefix < most && before.element(prefix).equals(after.element(prefix))) {
      prefix++;
    }
    return prefix;
  }

  private int suffix(int most) {
    int suffix = Math.min(most, JsonArray.sharedSuffix(before, after));
    while (suffix < most
        && before
            .element(before.size() - 1 - suffix)
            .equals(after.element(after.size() - 1 - suffix))) {
      suffix++;
    }
    return suffix;
  }

  /** Gives equal elements equal numbers. */
  private void number(int start, int[] from, int[] to) {
    Map<Json, Integer> numbers = new HashMap<>();
    for (int i = 0; i < from.length; i++) {
      from[i] = numbers.computeIfAbsent(before.element(start + i), element -> numbers.size());
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = numbers.computeIfAbsent(after.element(start + i), element -> numbers.size());
    }
  }

  /** Everything before the hunk is as in {@code after} already. */
  private void write(Alignment.Hunk hunk, int start) {
    int removed = hunk.fromEnd() - hunk.fromStart();
    int added = hunk.toEnd() - hunk.toStart();
    int paired = Math.min(removed, added);
    int position = start + hunk.toStart();
    for (int i = 0; i < paired; i++) {
      diff.child(
          Integer.toString(position + i),
          before.element(start + hunk.fromStart() + i),
          after.element(position + i));
    }
    for (int i = paired; i < removed; i++) {
      diff.script().remove(Integer.toString(position + paired));
    }
    for (int i = paired; i < added; i++) {
      boolean last = start + hunk.fromEnd() == before.size();
      diff.script()
          .add(last ? Location.END : Integer.toString(position + i), after.element(position + i));
    }
  }
}
