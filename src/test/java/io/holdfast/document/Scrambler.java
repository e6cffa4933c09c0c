package io.holdfast.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Edits documents at random, as their users do: a few places at a time. */
final class Scrambler {
  private final Random random;

  Scrambler(Random random) {
    this.random = random;
  }

  Json edit(Json document) {
    Json edited = document;
    for (int i = random.nextInt(4); i >= 0; i--) {
      edited = once(edited);
    }
    return edited;
  }

  private Json once(Json json) {
    if (json instanceof JsonObject object && object.size() > 0 && random.nextInt(8) > 0) {
      return once(object);
    }
    if (json instanceof JsonArray array && array.size() > 0 && random.nextInt(8) > 0) {
      return once(array);
    }
    return fresh();
  }

  private Json once(JsonObject object) {
    List<String> keys = new ArrayList<>();
    object.forEach((key, value) -> keys.add(key));
    String key = keys.get(random.nextInt(keys.size()));
    return switch (random.nextInt(5)) {
      case 0 -> object.without(key);
      case 1 -> object.with("k" + random.nextInt(9), fresh());
      default -> object.with(key, once(object.member(key).orElseThrow()));
    };
  }

  private Json once(JsonArray array) {
    int index = random.nextInt(array.size());
    return switch (random.nextInt(7)) {
      case 0 -> array.without(index);
      case 1 -> array.insert(index, fresh());
      case 2 -> array.insert(array.size(), fresh());
      case 3 -> shuffled(array);
      case 4 -> array.without(index).insert(0, array.element(index));
      default -> array.with(index, once(array.element(index)));
    };
  }

  private JsonArray shuffled(JsonArray array) {
    List<Json> elements = new ArrayList<>();
    array.forEach(elements::add);
    Collections.shuffle(elements, random);
    return JsonArray.of(elements);
  }

  private Json fresh() {
    return switch (random.nextInt(4)) {
      case 0 -> JsonString.of("s" + random.nextInt(5));
      case 1 -> JsonObject.of(
          Map.of("id", JsonNumber.of(random.nextInt(1000)), "x", JsonBoolean.TRUE));
      case 2 -> JsonArray.empty();
      default -> JsonNumber.of(random.nextInt(5));
    };
  }
}
