package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays behave like lists that are copied on every change. */
class ArrayModelTest {
  @Property(tries = 60)
  void anArrayIsAList(@ForAll Random random, @ForAll @IntRange(min = 1, max = 3000) int steps) {
    List<Json> model = new ArrayList<>();
    JsonArray array = JsonArray.empty();
    int growth = 1;
    for (int i = 0; i < steps; i++) {
      growth = i % 500 == 0 ? random.nextInt(5) : growth;
      int place = random.nextInt(model.size() + 1);
      Json value = random.nextInt(4) == 0
          ? JsonArray.of(List.of(JsonNull.NULL))
          : JsonNumber.of(random.nextInt());
      if (place == model.size() || random.nextInt(6) < growth) {
        array = array.insert(place, value);
        model.add(place, value);
      } else if (random.nextInt(3) == 0) {
        array = array.with(place, value);
        model.set(place, value);
      } else {
        array = array.without(place);
        model.remove(place);
      }
      assertThat(array.size()).isEqualTo(model.size());
    }
    assertSame(array, model);
  }

  @Property(tries = 20)
  void anArrayFilledAtItsEndAndEmptiedFromItsFrontIsAList(
      @ForAll @IntRange(min = 1, max = 2500) int size) {
    List<Json> model = new ArrayList<>();
    JsonArray array = JsonArray.empty();
    for (int i = 0; i < size; i++) {
      array = array.insert(i, JsonNumber.of(i));
      model.add(JsonNumber.of(i));
    }
    assertSame(array, model);
    assertThat(array.root().height)
        .isLessThanOrEqualTo((byte) (size <= 32 ? 0 : size <= 1024 ? 1 : 2));
    while (array.size() > size / 3) {
      array = array.without(0);
    }
    assertSame(array, model.subList(model.size() - size / 3, model.size()));
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 65, 1025, 1057, 2049})
  void anArrayFilledAtItsEndCanBeEmptiedFromThere(int size) {
    JsonArray array = JsonArray.empty();
    JsonObject object = JsonObject.empty();
    for (int i = 0; i < size; i++) {
      array = array.insert(i, JsonNumber.of(i));
      object = object.with(key(i), JsonNumber.of(i));
    }
    for (int i = size - 1; i >= 0; i--) {
      array = array.without(i);
      object = object.without(key(i));
      if (i % 32 == 1 || i > size - 40) {
        TreeShape.check(array.root());
        TreeShape.check(object.root());
      }
    }

    assertThat(array).isSameAs(JsonArray.empty());
    assertThat(object).isSameAs(JsonObject.empty());
  }

  private static String key(int i) {
    return String.format("%05d", i);
  }

  @Test
  void anArrayFilledAtItsFrontStaysFlat() {
    JsonArray array = JsonArray.empty();
    for (int i = 0; i < 10_000; i++) {
      array = array.insert(0, JsonNumber.of(i));
    }

    TreeShape.check(array.root());
    assertThat(array.root().height).isLessThanOrEqualTo((byte) 3);
  }

  @Test
  void anArrayThatWasEmptiedIsTheEmptyOne() {
    JsonArray array = JsonArray.of(List.of(JsonNull.NULL)).without(0);

    assertThat(array).isSameAs(JsonArray.empty());
    assertThat(JsonArray.of(List.of())).isSameAs(JsonArray.empty());
    assertThat(array.depth()).isEqualTo(1);
    assertThat(array.encodedBytes()).isEqualTo(2);
  }

  @Test
  void settingTheSameElementChangesNothing() {
    JsonArray array = Documents.records(100);

    assertThat(array.with(50, array.element(50))).isSameAs(array);
  }

  @Test
  void aPlaceOutsideIsRefused() {
    JsonArray array = Documents.array("[1,2]");

    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.element(2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.element(-1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> array.with(2, JsonNull.NULL));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> array.insert(3, JsonNull.NULL));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.without(2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> JsonArray.empty().without(0));
  }

  @Test
  void anIteratorEndsWithTheArray() {
    var elements = JsonArray.of(List.of(JsonNull.NULL)).iterator();
    elements.next();

    assertThat(elements.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(elements::next);
  }

  private static void assertSame(JsonArray array, List<Json> model) {
    JsonArray built = JsonArray.of(model);
    assertThat(array).isEqualTo(built).hasSameHashCodeAs(built);
    assertThat(array.hashCode()).isEqualTo(model.hashCode());
    assertThat(array.encodedBytes())
        .isEqualTo(built.encodedBytes())
        .isEqualTo(JsonWriter.canonical(array).length);
    assertThat(array.depth()).isEqualTo(built.depth());
    assertThat(array).containsExactlyElementsOf(model);
    for (int i = 0; i < model.size(); i++) {
      assertThat(array.element(i)).isEqualTo(model.get(i));
    }
    TreeShape.check(array.root());
    TreeShape.check(built.root());
  }
}
