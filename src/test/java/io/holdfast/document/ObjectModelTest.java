package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Objects behave like sorted maps that are copied on every change. */
class ObjectModelTest {
  @Property(tries = 60)
  void anObjectIsASortedMap(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 3000) int steps) {
    TreeMap<String, Json> model = new TreeMap<>();
    JsonObject object = JsonObject.empty();
    int keys = 1 + random.nextInt(steps);
    boolean growing = true;
    for (int i = 0; i < steps; i++) {
      String key = "k" + random.nextInt(keys);
      growing = i % 500 == 0 ? random.nextInt(3) > 0 : growing;
      if (random.nextInt(10) < (growing ? 8 : 2)) {
        Json value = random.nextInt(4) == 0 ? JsonArray.empty() : JsonNumber.of(random.nextInt());
        object = object.with(key, value);
        model.put(key, value);
      } else {
        object = object.without(key);
        model.remove(key);
      }
      assertThat(object.size()).isEqualTo(model.size());
    }
    assertSame(object, model);
  }

  @Property(tries = 20)
  void anObjectFilledInOrderAndEmptiedFromTheFrontIsASortedMap(
      @ForAll @IntRange(min = 1, max = 2500) int size) {
    TreeMap<String, Json> model = new TreeMap<>();
    JsonObject object = JsonObject.empty();
    for (int i = 0; i < size; i++) {
      object = object.with(String.format("%05d", i), JsonNumber.of(i));
      model.put(String.format("%05d", i), JsonNumber.of(i));
    }
    assertSame(object, model);
    while (model.size() > size / 3) {
      object = object.without(model.firstKey());
      model.pollFirstEntry();
    }
    assertSame(object, model);
  }

  private static void assertSame(JsonObject object, Map<String, Json> model) {
    JsonObject built = JsonObject.of(model);
    assertThat(object).isEqualTo(built).hasSameHashCodeAs(built);
    assertThat(object.encodedBytes())
        .isEqualTo(built.encodedBytes())
        .isEqualTo(JsonWriter.canonical(object).length);
    assertThat(object.depth()).isEqualTo(built.depth());
    assertThat(entries(object)).isEqualTo(new ArrayList<>(model.entrySet()));
    List<String> visited = new ArrayList<>();
    object.forEach((key, value) -> visited.add(key));
    assertThat(visited).isEqualTo(new ArrayList<>(model.keySet()));
    for (Map.Entry<String, Json> member : model.entrySet()) {
      assertThat(object.member(member.getKey())).contains(member.getValue());
      assertThat(object.has(member.getKey() + "x")).isFalse();
    }
    TreeShape.check(object.root());
  }

  private static List<Map.Entry<String, Json>> entries(JsonObject object) {
    List<Map.Entry<String, Json>> entries = new ArrayList<>();
    object.members().forEach(entries::add);
    return entries;
  }
}
