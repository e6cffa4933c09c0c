package io.holdfast.document;

import java.util.Arrays;

/** Edits that change how many values a tree holds: splitting nodes that overflow, joining those that run thin. */
final class NodeEdit {
  private static final int LEAST = Node.WIDTH / 4;

  private NodeEdit() {}

  /** A tree of all values in order; {@code keys} is {@link Node#NO_KEYS} for an array. Both arrays are taken over. */
  static Node tree(String[] keys, Object[] values) {
    if (values.length <= Node.WIDTH) {
      return leaf(keys, values);
    }
    Object[] level = cut(values.length)
        .map(r -> leaf(part(keys, r), Arrays.copyOfRange(values, r.from(), r.to())));
    while (level.length > Node.WIDTH) {
      Object[] below = level;
      level = cut(below.length).map(r -> Node.branch(Arrays.copyOfRange(below, r.from(), r.to())));
    }
    return Node.branch(level);
  }

  /** The tree with a value inserted before {@code index}. */
  static Node insert(Node root, int index, String key, Json value) {
    Node grown = grow(root, index, key, value);
    return grown.slots.length <= Node.WIDTH
        ? grown
        : Node.branch(halves(grown, index == root.size()));
  }

  /** The tree without the value at {@code index}; it must not be the only one. */
  static Node remove(Node root, int index) {
    Node shrunk = shrink(root, index);
    while (!shrunk.isLeaf() && shrunk.slots.length == 1) {
      shrunk = shrunk.child(0);
    }
    return shrunk;
  }

  private static Node grow(Node node, int index, String key, Json value) {
    if (node.isLeaf()) {
      String[] keys = node.isKeyed() ? inserted(node.keys, index, key) : Node.NO_KEYS;
      return leaf(keys, inserted(node.slots, index, value));
    }
    int slot = node.slotOf(index);
    int start = node.startOf(slot);
    boolean atEnd = index == node.ends[slot];
    Node child = grow(node.child(slot), index - start, key, value);
    Object[] children =
        child.slots.length <= Node.WIDTH ? new Object[] {child} : halves(child, atEnd);
    return Node.branch(spliced(node.slots, slot, slot + 1, children));
  }

  /** The node without one value; a leaf without slots if it was the only one. */
  private static Node shrink(Node node, int index) {
    if (node.isLeaf()) {
      String[] keys = node.isKeyed() ? removed(node.keys, index) : Node.NO_KEYS;
      return leaf(keys, removed(node.slots, index));
    }
    int slot = node.slotOf(index);
    Node child = shrink(node.child(slot), index - node.startOf(slot));
    if (node.slots.length == 1) {
      return child.slots.length == 0 ? child : Node.branch(new Object[] {child});
    }
    if (child.slots.length >= LEAST) {
      return Node.branch(spliced(node.slots, slot, slot + 1, new Object[] {child}));
    }
    if (slot == 0) {
      return Node.branch(spliced(node.slots, 0, 2, joined(child, node.child(1))));
    }
    return Node.branch(
        spliced(node.slots, slot - 1, slot + 1, joined(node.child(slot - 1), child)));
  }

  /** Both nodes as one, or as two even ones if they do not fit. */
  private static Object[] joined(Node left, Node right) {
    if (left.slots.length == 0 || right.slots.length == 0) {
      return new Object[] {left.slots.length == 0 ? right : left};
    }
    Object[] slots = spliced(left.slots, left.slots.length, left.slots.length, right.slots);
    Node joined = left.isLeaf() ? leaf(joinedKeys(left, right), slots) : Node.branch(slots);
    return slots.length <= Node.WIDTH ? new Object[] {joined} : halves(joined, false);
  }

  private static String[] joinedKeys(Node left, Node right) {
    return left.isKeyed()
        ? spliced(left.keys, left.keys.length, left.keys.length, right.keys)
        : Node.NO_KEYS;
  }

  /** Two nodes with the slots of one; the left one keeps all it may when the tree grows at its end. */
  private static Object[] halves(Node node, boolean growsAtEnd) {
    int cut = growsAtEnd ? Node.WIDTH : node.slots.length / 2;
    return new Object[] {
      part(node, new Range(0, cut)), part(node, new Range(cut, node.slots.length))
    };
  }

  private static Node part(Node node, Range range) {
    Object[] slots = Arrays.copyOfRange(node.slots, range.from(), range.to());
    return node.isLeaf() ? leaf(part(node.keys, range), slots) : Node.branch(slots);
  }

  private static String[] part(String[] keys, Range range) {
    return keys == Node.NO_KEYS ? keys : Arrays.copyOfRange(keys, range.from(), range.to());
  }

  private static Node leaf(String[] keys, Object[] values) {
    long keyBytes = 0;
    for (String key : keys) {
      keyBytes += Node.keyBytes(key);
    }
    return Node.leaf(keys, values, keyBytes);
  }

  private static <T> T[] inserted(T[] array, int index, T element) {
    T[] copy = Arrays.copyOf(array, array.length + 1);
    System.arraycopy(array, index, copy, index + 1, array.length - index);
    copy[index] = element;
    return copy;
  }

  private static <T> T[] removed(T[] array, int index) {
    T[] copy = Arrays.copyOf(array, array.length - 1);
    System.arraycopy(array, index + 1, copy, index, copy.length - index);
    return copy;
  }

  private static <T> T[] spliced(T[] array, int from, int to, T[] middle) {
    T[] copy = Arrays.copyOf(array, array.length - (to - from) + middle.length);
    System.arraycopy(middle, 0, copy, from, middle.length);
    System.arraycopy(array, to, copy, from + middle.length, array.length - to);
    return copy;
  }

  private static Cut cut(int total) {
    return new Cut(total, (total + Node.WIDTH - 1) / Node.WIDTH);
  }

  private record Range(int from, int to) {}

  /** {@code total} slots cut into {@code parts} nodes of nearly the same width. */
  private record Cut(int total, int parts) {
    Object[] map(java.util.function.Function<Range, Node> toNode) {
      Object[] nodes = new Object[parts];
      for (int i = 0; i < parts; i++) {
        nodes[i] = toNode.apply(new Range(bound(i), bound(i + 1)));
      }
      return nodes;
    }

    private int bound(int part) {
      return (int) ((long) total * part / parts);
    }
  }
}
