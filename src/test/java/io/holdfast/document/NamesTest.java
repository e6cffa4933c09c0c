package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** An element is found by its name as if one looked at each in turn, whatever was searched for and changed before. */
class NamesTest {
  private static final List<String> MEMBERS = List.of("id", "name");

  @Property(tries = 100)
  void theFirstOfThatNameIsFound(@ForAll Random random) {
    JsonArray array = JsonArray.empty();
    int names = 1 + random.nextInt(150);
    for (int step = 0; step < 400; step++) {
      array = changed(array, random, names);
      if (random.nextInt(3) == 0) {
        String member = MEMBERS.get(random.nextInt(2));
        String name = Integer.toString(random.nextInt(names));

        assertThat(Location.element(array, member + "=" + name))
            .isEqualTo(first(array, member, name));
      }
    }
  }

  private static JsonArray changed(JsonArray array, Random random, int names) {
    int place = random.nextInt(array.size() + 1);
    if (place == array.size() || random.nextInt(3) == 0) {
      return array.insert(place, element(random, names));
    }
    return random.nextInt(4) == 0
        ? array.without(place)
        : array.with(place, element(random, names));
  }

  private static Json element(Random random, int names) {
    JsonObject element = JsonObject.empty();
    for (String member : MEMBERS) {
      int name = random.nextInt(names);
      Json value = random.nextBoolean() ? JsonNumber.of(name) : Documents.parse("\"" + name + "\"");
      element = random.nextInt(8) == 0 ? element : element.with(member, value);
    }
    return random.nextInt(10) == 0 ? JsonNull.NULL : element;
  }

  private static int first(JsonArray array, String member, String name) {
    for (int i = 0; i < array.size(); i++) {
      if (Names.matches(array.element(i), member, name)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void elementsWhoseNamesHashAlikeAreToldApart() {
    JsonArray array = JsonArray.empty();
    for (int i = 0; i < 20; i++) {
      array = array.insert(
          i, Documents.parse("{\"id\":\"%s\"}".formatted(i == 7 ? "Aa" : i == 8 ? "BB" : "x" + i)));
    }

    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(Location.element(array, "id=BB")).isEqualTo(8);
    assertThat(Location.element(array, "id=C#")).isEqualTo(-1);
  }

  @Test
  void aChangedElementThatKeepsItsNameSharesWhatIsKnownOfTheOthers() {
    JsonArray array = Documents.records(20);
    Location.element(array, "id=5");
    Names known = array.root().names;
    assertThat(known).isNotNull();

    JsonObject renamed = ((JsonObject) array.element(5)).with("more", JsonNull.NULL);
    assertThat(array.with(5, renamed).root().names).isSameAs(known);
    assertThat(array.with(5, JsonNull.NULL).root().names).isNotNull().isNotSameAs(known);
  }
}
