package io.holdfast.document;

import static io.holdfast.document.PatchRefused.Reason.BAD_PATCH;
import static io.holdfast.document.PatchRefused.Reason.NO_SUCH_PATH;

import java.util.Map;
import java.util.function.UnaryOperator;

/** The edits that ops are made of: each rebuilds the containers on the way to one location and shares all others. */
final class Edit {
  private Edit() {}

  /** What the last token of a pointer is to do in its container. */
  private interface Change {
    Json in(Json container, String token, Pointer path) throws PatchRefused;
  }

  /** What stands at {@code pointer}; refused as an error of the op at {@code path} if nothing does. */
  static Json existing(Json document, Pointer pointer, Pointer path) throws PatchRefused {
    Json found = pointer.find(document);
    if (found == null) {
      throw missing(pointer, path);
    }
    return found;
  }

  /** Adds a value that is new; an equal one in its place stays, to share it. */
  static Json add(Json document, Pointer path, Json value) throws PatchRefused {
    return path.isRoot()
        ? kept(document, value)
        : at(document, path, 0, (c, t, p) -> added(c, t, old -> kept(old, value), value, p));
  }

  /**
   * Adds a value of the document itself, without a look at what it replaces: many copies of something large would otherwise
   * cost its size each time.
   */
  static Json place(Json document, Pointer path, Json value) throws PatchRefused {
    return path.isRoot()
        ? value
        : at(document, path, 0, (c, t, p) -> added(c, t, old -> value, value, p));
  }

  static Json replace(Json document, Pointer path, Json value) throws PatchRefused {
    return path.isRoot()
        ? kept(document, value)
        : at(document, path, 0, (c, t, p) -> replaced(c, t, value, p));
  }

  static Json remove(Json document, Pointer path) throws PatchRefused {
    return path.isRoot() ? JsonNull.NULL : at(document, path, 0, Edit::removed);
  }

  /** RFC 7386: {@code patch} merged into {@code target}. */
  static Json merged(Json target, Json patch) {
    if (!(patch instanceof JsonObject changes)) {
      return kept(target, patch);
    }
    JsonObject merged = target instanceof JsonObject object ? object : JsonObject.empty();
    for (Map.Entry<String, Json> change : changes.members()) {
      String key = change.getKey();
      if (change.getValue() == JsonNull.NULL) {
        merged = merged.without(key);
      } else {
        Json old = merged.find(key);
        merged = merged.with(key, merged(old == null ? JsonNull.NULL : old, change.getValue()));
      }
    }
    return merged;
  }

  /** The value as it is to stand in place of {@code old}: {@code old} itself if it is equal, to share all the more. */
  static Json kept(Json old, Json value) {
    return old.encodedBytes() == value.encodedBytes() && old.equals(value) ? old : value;
  }

  /** Whether {@code path} leads through the very value {@code container} addresses, in whatever tokens. */
  static boolean isInside(Json document, Pointer path, Pointer container) {
    if (path.length() <= container.length()) {
      return false;
    }
    Json at = document;
    for (int i = 0; i < container.length() && at != null; i++) {
      if (!isSameStep(at, path.token(i), container.token(i))) {
        return false;
      }
      at = Location.child(at, container.token(i));
    }
    return true;
  }

  private static boolean isSameStep(Json container, String one, String other) {
    return one.equals(other)
        || (container instanceof JsonArray array
            && Location.element(array, one) == Location.element(array, other)
            && Location.element(array, one) != Location.NONE);
  }

  private static Json at(Json node, Pointer path, int depth, Change change) throws PatchRefused {
    String token = path.token(depth);
    if (depth == path.length() - 1) {
      return change.in(node, token, path);
    }
    if (node instanceof JsonObject object) {
      Json child = object.find(token);
      if (child != null) {
        return object.with(token, at(child, path, depth + 1, change));
      }
    } else if (node instanceof JsonArray array) {
      int index = Location.element(array, token);
      if (index != Location.NONE) {
        return array.with(index, at(array.element(index), path, depth + 1, change));
      }
    }
    throw missing(Pointer.of(path.tokens().subList(0, depth + 1)), path);
  }

  private static Json added(
      Json container, String token, UnaryOperator<Json> replacing, Json value, Pointer path)
      throws PatchRefused {
    if (container instanceof JsonObject object) {
      Json old = object.find(token);
      return object.with(token, old == null ? value : replacing.apply(old));
    }
    if (!(container instanceof JsonArray array)) {
      throw noContainer(container, path);
    }
    if (Location.isKeyed(token)) {
      return addedByKey(array, token, replacing, value, path);
    }
    int index = token.equals(Location.END) ? array.size() : Location.index(token);
    if (index < 0 || index > array.size()) {
      throw refused(
          "index: %s (expected: 0 to %d, or -)".formatted(Excerpt.of(token), array.size()), path);
    }
    return array.insert(index, value);
  }

  private static Json addedByKey(
      JsonArray array, String token, UnaryOperator<Json> replacing, Json value, Pointer path)
      throws PatchRefused {
    int index = Location.element(array, token);
    if (index != Location.NONE) {
      return array.with(index, replacing.apply(array.element(index)));
    }
    if (!Location.matches(value, token)) {
      throw new PatchRefused(
          BAD_PATCH,
          "value: %s (expected: an object with %s)".formatted(value, Excerpt.of(token)),
          path.toString());
    }
    return array.insert(array.size(), value);
  }

  private static Json replaced(Json container, String token, Json value, Pointer path)
      throws PatchRefused {
    if (container instanceof JsonObject object) {
      Json old = object.find(token);
      if (old != null) {
        return object.with(token, kept(old, value));
      }
    } else if (container instanceof JsonArray array) {
      int index = Location.element(array, token);
      if (index != Location.NONE) {
        return array.with(index, kept(array.element(index), value));
      }
    }
    throw missing(path, path);
  }

  private static Json removed(Json container, String token, Pointer path) throws PatchRefused {
    if (container instanceof JsonObject object && object.has(token)) {
      return object.without(token);
    }
    if (container instanceof JsonArray array) {
      int index = Location.element(array, token);
      if (index != Location.NONE) {
        return array.without(index);
      }
    }
    throw missing(path, path);
  }

  private static PatchRefused missing(Pointer pointer, Pointer path) {
    return refused(
        "nothing at %s (expected: a value)".formatted(Excerpt.of(pointer.toString())), path);
  }

  private static PatchRefused noContainer(Json actual, Pointer path) {
    return refused("parent: %s (expected: an object or array)".formatted(actual), path);
  }

  private static PatchRefused refused(String detail, Pointer path) {
    return new PatchRefused(NO_SUCH_PATH, detail, path.toString());
  }
}
