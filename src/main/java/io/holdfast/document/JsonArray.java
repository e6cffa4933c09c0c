package io.holdfast.document;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.IntStream;

/** A persistent array: reading, replacing, inserting and removing one element cost O(log size) and share the rest. */
public final class JsonArray implements Json, Iterable<Json> {
  private static final JsonArray EMPTY = new JsonArray(Node.EMPTY_ARRAY);

  private final Node root;
  private int hash;

  private JsonArray(Node root) {
    this.root = root;
  }

  public static JsonArray empty() {
    return EMPTY;
  }

  public static JsonArray of(List<? extends Json> elements) {
    return ofValues(elements.toArray());
  }

  /** Takes over the array, whose elements must all be {@link Json}. */
  static JsonArray ofValues(Object[] values) {
    for (Object value : values) {
      Objects.requireNonNull(value);
    }
    return values.length == 0 ? EMPTY : new JsonArray(NodeEdit.tree(Node.NO_KEYS, values));
  }

  public int size() {
    return root.size();
  }

  /** The element at {@code index}; IndexOutOfBoundsException outside {@code [0, size)}. */
  public Json element(int index) {
    return root.value(Objects.checkIndex(index, size()));
  }

  /** The same array with {@code value} at {@code index}; the array itself if that very value stands there. */
  public JsonArray with(int index, Json value) {
    Node changed = root.with(Objects.checkIndex(index, size()), Objects.requireNonNull(value));
    return changed == root ? this : new JsonArray(changed);
  }

  /** Inserts before {@code index}, {@code 0 … size}. */
  public JsonArray insert(int index, Json value) {
    Objects.checkIndex(index, size() + 1);
    return new JsonArray(NodeEdit.insert(root, index, "", Objects.requireNonNull(value)));
  }

  public JsonArray without(int index) {
    Objects.checkIndex(index, size());
    return size() == 1 ? EMPTY : new JsonArray(NodeEdit.remove(root, index));
  }

  /** What {@link #changes} tells about two arrays. */
  public interface ChangeVisitor {
    /** The arrays are of one size and differ at {@code index}. */
    void replaced(int index, Json before, Json after);

    /** {@code removed} elements from {@code index} gave way to {@code inserted} others; everything around them is the same. */
    void spliced(int index, int removed, int inserted);
  }

  private interface Replacement {
    void at(int index, Json before, Json after);
  }

  /**
   * Visits what differs by reference: each differing index when sizes are equal, else the one stretch between common prefix
   * and suffix. Shared structure is skipped unseen, so this costs what changed, times log size.
   */
  public static void changes(JsonArray before, JsonArray after, ChangeVisitor visitor) {
    if (before.size() == after.size()) {
      replacements(before, after, visitor::replaced);
      return;
    }
    int prefix = sharedPrefix(before, after);
    int suffix =
        Math.min(sharedSuffix(before, after), Math.min(before.size(), after.size()) - prefix);
    visitor.spliced(prefix, before.size() - prefix - suffix, after.size() - prefix - suffix);
  }

  /** Where two arrays of one size differ by reference, in order. */
  static int[] changedIndexes(JsonArray before, JsonArray after) {
    IntStream.Builder changed = IntStream.builder();
    replacements(before, after, (index, old, value) -> changed.add(index));
    return changed.build().toArray();
  }

  private static void replacements(JsonArray before, JsonArray after, Replacement replacement) {
    if (before.root == after.root) {
      return;
    }
    Cursor a = Cursor.atStart(before.root);
    Cursor b = Cursor.atStart(after.root);
    int index = 0;
    while (!a.isDone()) {
      if (a.here() != b.here() && !(a.atValue() && b.atValue())) {
        Cursor.openHigher(a, b);
        continue;
      }
      if (a.here() != b.here()) {
        replacement.at(index, a.value(), b.value());
      }
      index += a.size();
      a.skip();
      b.skip();
    }
  }

  /** How many elements from the start are the very same in both. */
  static int sharedPrefix(JsonArray one, JsonArray other) {
    return shared(Cursor.atStart(one.root), Cursor.atStart(other.root));
  }

  /** How many elements up to the end are the very same in both. */
  static int sharedSuffix(JsonArray one, JsonArray other) {
    return shared(Cursor.atEnd(one.root), Cursor.atEnd(other.root));
  }

  private static int shared(Cursor a, Cursor b) {
    int shared = 0;
    while (!a.isDone() && !b.isDone()) {
      if (a.here() == b.here()) {
        shared += a.size();
        a.skip();
        b.skip();
      } else if (a.atValue() && b.atValue()) {
        break;
      } else {
        Cursor.openHigher(a, b);
      }
    }
    return shared;
  }

  @Override
  public Iterator<Json> iterator() {
    return new Elements(root);
  }

  Node root() {
    return root;
  }

  @Override
  public int encodedBytes() {
    return Trees.encodedBytes(root);
  }

  @Override
  public int depth() {
    return root.depth + 1;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof JsonArray that && Trees.equal(root, that.root));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      int sum = 1;
      for (Json element : this) {
        sum = 31 * sum + element.hashCode();
      }
      hash = sum;
    }
    return hash;
  }

  @Override
  public String toString() {
    return Excerpt.of(this);
  }

  private static final class Elements implements Iterator<Json> {
    private final Cursor cursor;

    Elements(Node root) {
      this.cursor = Cursor.atStart(root);
    }

    @Override
    public boolean hasNext() {
      return !cursor.isDone();
    }

    @Override
    public Json next() {
      if (cursor.isDone()) {
        throw new NoSuchElementException();
      }
      cursor.openToValue();
      Json element = cursor.value();
      cursor.skip();
      return element;
    }
  }
}
