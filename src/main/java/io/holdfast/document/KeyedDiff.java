package io.holdfast.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The difference of two arrays whose elements have names: what goes, what changes in place, what moves, what is new. */
final class KeyedDiff {
  private static final int FEW = 16;

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
    if (before.size() == after.size() && writeInPlace(diff, member, before, after)) {
      return true;
    }
    Map<String, Integer> from = names(before, member);
    Map<String, Integer> to = names(after, member);
    if (from == null || to == null) {
      return false;
    }
    new KeyedDiff(diff, member, before, from).write(after, to);
    return true;
  }

  /** Whether all that changed is a few elements, each where it was and the first of its name: then no other need be looked at. */
  private static boolean writeInPlace(Diff diff, String member, JsonArray before, JsonArray after) {
    int[] changed = JsonArray.changedIndexes(before, after);
    if (changed.length > FEW) {
      return false;
    }
    String[] tokens = new String[changed.length];
    for (int i = 0; i < changed.length; i++) {
      String name = Names.of(before.element(changed[i]), member);
      if (name == null || !name.equals(Names.of(after.element(changed[i]), member))) {
        return false;
      }
      tokens[i] = member + "=" + name;
      if (Location.element(before, tokens[i]) != changed[i]) {
        return false;
      }
    }
    for (int i = 0; i < changed.length; i++) {
      diff.child(tokens[i], before.element(changed[i]), after.element(changed[i]));
    }
    return true;
  }

  private static @Nullable Map<String, Integer> names(JsonArray array, String member) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (Json element : array) {
      String name = Names.of(element, member);
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
    order(after, List.copyOf(target.keySet()));
  }

  private void order(JsonArray after, List<String> names) {
    int[] old =
        names.stream().mapToInt(name -> positions.getOrDefault(name, -1)).toArray();
    KeyedOrder.arrange(old, before.size(), new KeyedOrder.Moves() {
      @Override
      public void move(int index, int place) {
        diff.script().move(token(names.get(index)), Integer.toString(place));
      }

      @Override
      public void add(int index, int place, boolean last) {
        diff.script().add(last ? Location.END : Integer.toString(place), after.element(index));
      }
    });
  }

  private String token(String name) {
    return member + "=" + name;
  }
}
