package io.holdfast.document;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A persistent object whose keys are kept in RFC 8785 order (UTF-16 code units); one member's change costs O(log size). */
public final class JsonObject implements Json {
  private static final JsonObject EMPTY = new JsonObject(Node.EMPTY_OBJECT);

  private final Node root;
  private int hash;

  private JsonObject(Node root) {
    this.root = root;
  }

  public static JsonObject empty() {
    return EMPTY;
  }

  /** Refuses keys with half a surrogate pair with IllegalArgumentException. */
  public static JsonObject of(Map<String, ? extends Json> members) {
    String[] keys = members.keySet().toArray(new String[0]);
    Arrays.sort(keys);
    Object[] values = new Object[keys.length];
    for (int i = 0; i < keys.length; i++) {
      values[i] = Objects.requireNonNull(members.get(keys[i]));
    }
    return ofSorted(keys, values);
  }

  /** Takes over both arrays; keys must ascend. */
  static JsonObject ofSorted(String[] keys, Object[] values) {
    return keys.length == 0 ? EMPTY : new JsonObject(NodeEdit.tree(keys, values));
  }

  /** Takes over the root of an object's tree. */
  static JsonObject ofRoot(Node root) {
    return new JsonObject(root);
  }

  public int size() {
    return root.size();
  }

  public boolean has(String key) {
    return root.rank(key) >= 0;
  }

  public Optional<Json> member(String key) {
    return Optional.ofNullable(find(key));
  }

  @Nullable
  Json find(String key) {
    int rank = root.rank(key);
    return rank < 0 ? null : root.value(rank);
  }

  /** The same object with {@code key} set; the object itself if the value is already the same reference. */
  public JsonObject with(String key, Json value) {
    Objects.requireNonNull(value);
    int rank = root.rank(key);
    if (rank < 0) {
      return new JsonObject(NodeEdit.insert(root, -rank - 1, key, value));
    }
    Node changed = root.with(rank, value);
    return changed == root ? this : new JsonObject(changed);
  }

  /** The same object without {@code key}; the object itself if there was none. */
  public JsonObject without(String key) {
    int rank = root.rank(key);
    if (rank < 0) {
      return this;
    }
    return size() == 1 ? EMPTY : new JsonObject(NodeEdit.remove(root, rank));
  }

  /** Members in key order. */
  public void forEach(BiConsumer<? super String, ? super Json> action) {
    forEach(root, action);
  }

  private static void forEach(Node node, BiConsumer<? super String, ? super Json> action) {
    for (int i = 0; i < node.slots.length; i++) {
      if (node.isLeaf()) {
        action.accept(node.keys[i], node.valueIn(i));
      } else {
        forEach(node.child(i), action);
      }
    }
  }

  /** Members in key order, lazily; a view, not a copy. */
  public Iterable<Map.Entry<String, Json>> members() {
    return () -> new Members(root);
  }

  /** What {@link #changes} tells about two objects, in key order. */
  public interface ChangeVisitor {
    void added(String key, Json after);

    void removed(String key, Json before);

    /** The values are two references; they may still be equal. */
    void replaced(String key, Json before, Json after);
  }

  /**
   * Visits the members that differ by reference. Shared structure is skipped unseen, so this costs what changed, times log
   * size.
   */
  public static void changes(JsonObject before, JsonObject after, ChangeVisitor visitor) {
    if (before.root != after.root) {
      new MemberChanges(before.root, after.root, visitor).visit();
    }
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
    return this == other || (other instanceof JsonObject that && Trees.equal(root, that.root));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      int sum = 1;
      for (Cursor cursor = Cursor.atStart(root); !cursor.isDone(); cursor.skip()) {
        cursor.openToValue();
        sum = 31 * (31 * sum + cursor.key().hashCode()) + cursor.value().hashCode();
      }
      hash = sum;
    }
    return hash;
  }

  @Override
  public String toString() {
    return Excerpt.of(this);
  }

  private static final class Members implements Iterator<Map.Entry<String, Json>> {
    private final Cursor cursor;

    Members(Node root) {
      this.cursor = Cursor.atStart(root);
    }

    @Override
    public boolean hasNext() {
      return !cursor.isDone();
    }

    @Override
    public Map.Entry<String, Json> next() {
      if (cursor.isDone()) {
        throw new NoSuchElementException();
      }
      cursor.openToValue();
      Map.Entry<String, Json> member = Map.entry(cursor.key(), cursor.value());
      cursor.skip();
      return member;
    }
  }
}
