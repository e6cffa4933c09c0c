package io.holdfast.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The difference of two arrays whose elements have names: what goes, what changes in place, what moves, what is new. */
final class KeyedDiff {
  private final Diff diff;
  private final String member;
  private final JsonArray before;
  private final Map<String, Integer> positions;

  private KeyedDiff(Diff diff, String member, JsonArray before, Map<String, Integer> positions) {
    this.diff = diff;
    this.member = member;
    this.before = before;
    this.positions = positions;
  }

  /** Whether it could be written: in both arrays every element has a name of its own. */
  static boolean write(Diff diff, String member, JsonArray before, JsonArray after) {
    Map<String, Integer> from = names(before, member);
    Map<String, Integer> to = names(after, member);
    if (from == null || to == null) {
      return false;
    }
    new KeyedDiff(diff, member, before, from).write(after, to);
    return true;
  }

  private static @Nullable Map<String, Integer> names(JsonArray array, String member) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (Json element : array) {
      String name =
          element instanceof JsonObject object ? Location.name(object.find(member)) : null;
      if (name == null || names.put(name, names.size()) != null) {
        return null;
      }
    }
    return names;
  }

  private void write(JsonArray after, Map<String, Integer> target) {
    for (String name : positions.keySet()) {
      if (!target.containsKey(name)) {
        diff.script().remove(token(name));
      }
    }
    target.forEach((name, index) -> {
      Integer position = positions.get(name);
      if (position != null) {
        diff.child(token(name), before.element(position), after.element(index));
      }
    });
    order(after, new ArrayList<>(target.keySet()));
  }

  /**
   * Puts the elements in order from the front. Those of the longest run that is in order already stay; the others wait
   * between them until their turn, so an element's place is its index plus how many waiting ones stand before it.
   */
  private void order(JsonArray after, List<String> names) {
    int[] old =
        names.stream().mapToInt(name -> positions.getOrDefault(name, -1)).toArray();
    boolean[] stays = LongestRun.of(old);
    boolean[] waiting = new boolean[before.size()];
    int left = 0;
    for (int i = 0; i < old.length; i++) {
      if (old[i] >= 0) {
        waiting[old[i]] = !stays[i];
        left++;
      }
    }
    int anchor = 0;
    int waitingBefore = 0;
    for (int i = 0; i < old.length; i++) {
      if (stays[i]) {
        for (; anchor < old[i]; anchor++) {
          waitingBefore += waiting[anchor] ? 1 : 0;
        }
        continue;
      }
      if (old[i] >= 0) {
        waiting[old[i]] = false;
        waitingBefore -= old[i] < anchor ? 1 : 0;
        diff.script().move(token(names.get(i)), Integer.toString(i + waitingBefore));
      } else {
        int place = i + waitingBefore;
        diff.script().add(place == left ? Location.END : Integer.toString(place), after.element(i));
        left++;
      }
    }
  }

  private String token(String name) {
    return member + "=" + name;
  }
}
