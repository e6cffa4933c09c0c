package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonBoolean;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonNumber;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random documents over few names and values, and random edits that share what they do not touch. */
final class Documents {
  private static final List<String> NAMES = List.of("a", "b", "c", "ab");

  private final Random random;

  Documents(Random random) {
    this.random = random;
  }

  Json value() {
    return value(3);
  }

  String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  /** The document after one to three edits. */
  Json edited(Json document) {
    Json edited = document;
    int edits = 1 + random.nextInt(3);
    for (int i = 0; i < edits; i++) {
      edited = edit(edited, document);
    }
    return edited;
  }

  private Json value(int depth) {
    int size = random.nextInt(4);
    return switch (random.nextInt(depth > 0 ? 9 : 5)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBoolean.of(random.nextBoolean());
      case 2 -> JsonNumber.of(random.nextInt(9) / 2.0 - 1);
      case 3 -> JsonNumber.of(random.nextInt(5));
      case 4 -> JsonString.of(name().repeat(1 + random.nextInt(2)));
      case 5, 6 -> array(size, depth - 1);
      default -> object(size, depth - 1);
    };
  }

  private Json array(int size, int depth) {
    List<Json> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(value(depth));
    }
    return JsonArray.of(elements);
  }

  private Json object(int size, int depth) {
    JsonObject object = JsonObject.empty();
    for (int i = 0; i < size; i++) {
      object = object.with(name(), value(depth));
    }
    return object;
  }

  /** One edit somewhere below {@code at}; now and then with a part of the {@code source} itself, as move and copy do. */
  private Json edit(Json at, Json source) {
    if (random.nextInt(5) == 0) {
      return random.nextBoolean() ? value(2) : part(source);
    }
    if (at instanceof JsonObject object) {
      return edit(object, source);
    }
    return at instanceof JsonArray array ? edit(array, source) : value(1);
  }

  private Json edit(JsonObject object, Json source) {
    String name = name();
    if (!object.has(name)) {
      return object.with(name, random.nextBoolean() ? value(1) : part(source));
    }
    Json member = object.member(name).orElseThrow();
    return random.nextInt(3) == 0 ? object.without(name) : object.with(name, edit(member, source));
  }

  private Json edit(JsonArray array, Json source) {
    if (array.size() == 0 || random.nextInt(3) == 0) {
      return array.insert(
          random.nextInt(array.size() + 1), random.nextBoolean() ? value(1) : part(source));
    }
    int index = random.nextInt(array.size());
    return random.nextInt(3) == 0
        ? array.without(index)
        : array.with(index, edit(array.element(index), source));
  }

  private Json part(Json of) {
    List<Json> children = new ArrayList<>();
    if (of instanceof JsonArray array) {
      array.forEach(children::add);
    } else if (of instanceof JsonObject object) {
      for (Map.Entry<String, Json> member : object.members()) {
        children.add(member.getValue());
      }
    }
    return children.isEmpty() || random.nextInt(3) == 0
        ? of
        : part(children.get(random.nextInt(children.size())));
  }
}
