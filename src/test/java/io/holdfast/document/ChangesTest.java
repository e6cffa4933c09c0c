package io.holdfast.document;

import static io.holdfast.document.Documents.array;
import static io.holdfast.document.Documents.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What two versions of a container do not share, and only that. */
class ChangesTest {
  @Property(tries = 200)
  void theChangesOfAnObjectAreThoseOfItsMembers(@ForAll Random random) {
    JsonObject before = JsonObject.empty();
    for (int i = random.nextInt(2000); i > 0; i--) {
      before = before.with("k" + random.nextInt(3000), JsonNumber.of(random.nextInt()));
    }
    JsonObject after = before;
    for (int i = random.nextInt(200); i > 0; i--) {
      String key = "k" + random.nextInt(3000);
      after = random.nextBoolean()
          ? after.without(key)
          : after.with(key, JsonNumber.of(random.nextInt()));
    }

    assertThat(changes(before, after)).isEqualTo(expected(before, after));
  }

  @Property(tries = 200)
  void theChangesOfAnArrayOfOneSizeAreThoseOfItsPlaces(@ForAll Random random) {
    JsonArray before = Documents.records(random.nextInt(1500));
    JsonArray after = before;
    List<String> expected = new ArrayList<>();
    TreeSet<Integer> places = new TreeSet<>();
    for (int i = before.size() == 0 ? 0 : random.nextInt(20); i > 0; i--) {
      int place = random.nextInt(before.size());
      places.add(place);
      after = after.with(place, JsonString.of("new"));
    }
    places.forEach(place -> expected.add("replaced " + place));

    assertThat(changes(before, after)).isEqualTo(expected);
  }

  @Property(tries = 200)
  void anInsertedOrRemovedStretchIsFoundByWhatSurroundsIt(@ForAll Random random) {
    JsonArray before = Documents.records(1 + random.nextInt(1500));
    int place = random.nextInt(before.size());
    int count = 1 + random.nextInt(Math.min(40, before.size() - place));
    JsonArray without = before;
    for (int i = 0; i < count; i++) {
      without = without.without(place);
    }

    assertThat(changes(before, without)).containsExactly("at " + place + " -" + count + " +0");
    assertThat(changes(without, before)).containsExactly("at " + place + " -0 +" + count);
  }

  @Test
  void equalElementsAreNotAskedTwiceForAStretch() {
    assertThat(changes(array("[1,1,1]"), array("[1,1]"))).containsExactly("at 2 -1 +0");
  }

  @Test
  void theSameContainerHasNoChanges() {
    JsonObject object = object("{'a':[1]}");
    JsonArray array = array("[[1]]");

    assertThat(changes(object, object)).isEmpty();
    assertThat(changes(array, array)).isEmpty();
  }

  @Test
  void equalButDistinctMembersCountAsReplaced() {
    assertThat(changes(object("{'a':[1],'b':1}"), object("{'a':[1],'b':1}")))
        .containsExactly("replaced a");
  }

  @Test
  void aSharedValueUnderAnotherKeyIsAChange() {
    assertThat(changes(object("{'a':1}"), object("{'b':1}")))
        .containsExactly("removed a", "added b");
  }

  private static List<String> changes(JsonObject before, JsonObject after) {
    List<String> changes = new ArrayList<>();
    JsonObject.changes(before, after, new JsonObject.ChangeVisitor() {
      @Override
      public void added(String key, Json value) {
        assertThat(after.member(key)).containsSame(value);
        changes.add("added " + key);
      }

      @Override
      public void removed(String key, Json value) {
        assertThat(before.member(key)).containsSame(value);
        changes.add("removed " + key);
      }

      @Override
      public void replaced(String key, Json old, Json value) {
        assertThat(before.member(key)).containsSame(old);
        assertThat(after.member(key)).containsSame(value);
        changes.add("replaced " + key);
      }
    });
    return changes;
  }

  private static List<String> changes(JsonArray before, JsonArray after) {
    List<String> changes = new ArrayList<>();
    JsonArray.changes(before, after, new JsonArray.ChangeVisitor() {
      @Override
      public void replaced(int index, Json old, Json value) {
        assertThat(before.element(index)).isSameAs(old);
        assertThat(after.element(index)).isSameAs(value);
        changes.add("replaced " + index);
      }

      @Override
      public void spliced(int index, int removed, int inserted) {
        changes.add("at " + index + " -" + removed + " +" + inserted);
      }
    });
    return changes;
  }

  private static List<String> expected(JsonObject before, JsonObject after) {
    TreeMap<String, String> expected = new TreeMap<>();
    before.forEach((key, value) -> {
      if (!after.has(key)) {
        expected.put(key, "removed " + key);
      } else if (after.member(key).orElseThrow() != value) {
        expected.put(key, "replaced " + key);
      }
    });
    after.forEach((key, value) -> {
      if (!before.has(key)) {
        expected.put(key, "added " + key);
      }
    });
    return new ArrayList<>(expected.values());
  }
}
