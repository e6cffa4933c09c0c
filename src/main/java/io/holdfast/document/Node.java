package io.holdfast.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of the persistent tree behind arrays and objects: a counted B-tree with the values in its leaves. Every node knows
 * how many bytes its values encode to and how deep they are, so that a document's size and depth cost nothing to read.
 */
final class Node {
  /** Most slots of a node; only {@link NodeEdit} holds one with one more, before it splits it. */
  static final int WIDTH = 32;

  /** The keys of an array's nodes. */
  static final String[] NO_KEYS = {};

  private static final int[] NO_ENDS = {};

  static final Node EMPTY_ARRAY = new Node(0, NO_KEYS, new Object[0], NO_ENDS, 0, 0);
  static final Node EMPTY_OBJECT = new Node(0, new String[0], new Object[0], NO_ENDS, 0, 0);

  /** Levels below this one: 0 for a leaf, whose slots are values; the slots of the others are nodes. */
  final byte height;

  /** Deepest of the values. */
  final int depth;

  /** Sum of the encoded values and, in an object, of the quoted keys with their colons; commas are not counted. */
  final long bytes;

  /** In an object: the key of each value, or the least key below each child. Shared between nodes, never written. */
  final String[] keys;

  final Object[] slots;

  /** In an array's leaf: what was found out about its elements' names; any thread may, and all find the same. */
  @Nullable
  Names names;

  /** In a branch: how many values stand in the children up to and including each one. */
  final int[] ends;

  private Node(int height, String[] keys, Object[] slots, int[] ends, int depth, long bytes) {
    this.height = (byte) height;
    this.keys = keys;
    this.slots = slots;
    this.ends = ends;
    this.depth = depth;
    this.bytes = bytes;
  }

  /** A leaf that takes over both arrays; {@code keyBytes} is {@link #keyBytes} of all keys. */
  static Node leaf(String[] keys, Object[] values, long keyBytes) {
    long bytes = keyBytes;
    int depth = 0;
    for (Object slot : values) {
      Json value = (Json) slot;
      bytes += value.encodedBytes();
      depth = Math.max(depth, value.depth());
    }
    return new Node(0, keys, values, NO_ENDS, depth, bytes);
  }

  /** A branch that takes over the array of children. */
  static Node branch(Object[] children) {
    Node first = (Node) children[0];
    String[] keys = first.isKeyed() ? new String[children.length] : NO_KEYS;
    int[] ends = new int[children.length];
    int size = 0;
    int depth = 0;
    long bytes = 0;
    for (int i = 0; i < children.length; i++) {
      Node child = (Node) children[i];
      if (child.isKeyed()) {
        keys[i] = child.keys[0];
      }
      size += child.size();
      ends[i] = size;
      depth = Math.max(depth, child.depth);
      bytes += child.bytes;
    }
    return new Node(first.height + 1, keys, children, ends, depth, bytes);
  }

  /** Bytes a key adds to its member's encoding, with quotes and colon; IllegalArgumentException for a lone surrogate. */
  static int keyBytes(String key) {
    int quoted = Utf8.quotedBytes(key);
    if (quoted == Utf8.LONE_SURROGATE) {
      throw new IllegalArgumentException("key: lone surrogate (expected: Unicode text)");
    }
    return quoted + 1;
  }

  boolean isKeyed() {
    return keys != NO_KEYS;
  }

  boolean isLeaf() {
    return height == 0;
  }

  int size() {
    return isLeaf() ? slots.length : ends[ends.length - 1];
  }

  Node child(int slot) {
    return (Node) slots[slot];
  }

  Json valueIn(int slot) {
    return (Json) slots[slot];
  }

  /** How many values stand before the child in {@code slot}. */
  int startOf(int slot) {
    return slot == 0 ? 0 : ends[slot - 1];
  }

  /** The child with the value at {@code index}; the last one for an index past the end. */
  int slotOf(int index) {
    int slot = 0;
    while (slot < ends.length - 1 && ends[slot] <= index) {
      slot++;
    }
    return slot;
  }

  Json value(int index) {
    Node node = this;
    int rest = index;
    while (!node.isLeaf()) {
      int slot = node.slotOf(rest);
      rest -= node.startOf(slot);
      node = node.child(slot);
    }
    return node.valueIn(rest);
  }

  /** Where {@code key} stands, or {@code -(where it would) - 1}. */
  int rank(String key) {
    Node node = this;
    int before = 0;
    while (!node.isLeaf()) {
      int slot = Math.max(0, floor(node.keys, key));
      before += node.startOf(slot);
      node = node.child(slot);
    }
    int found = Arrays.binarySearch(node.keys, key);
    return found >= 0 ? before + found : found - before;
  }

  private static int floor(String[] keys, String key) {
    int found = Arrays.binarySearch(keys, key);
    return found >= 0 ? found : -found - 2;
  }

  /** The same values with another one at {@code index}; this node if it stands there already. */
  Node with(int index, Json value) {
    if (isLeaf()) {
      Json old = valueIn(index);
      return old == value
          ? this
          : exchanged(
                  index,
                  value,
                  old.depth(),
                  value.depth(),
                  (long) value.encodedBytes() - old.encodedBytes())
              .named(names, index, value);
    }
    int slot = slotOf(index);
    Node old = child(slot);
    Node child = old.with(index - startOf(slot), value);
    return child == old
        ? this
        : exchanged(slot, child, old.depth, child.depth, child.bytes - old.bytes);
  }

  private Node exchanged(int slot, Object content, int oldDepth, int newDepth, long moreBytes) {
    Object[] copy = slots.clone();
    copy[slot] = content;
    int newMax = newDepth >= depth ? newDepth : oldDepth < depth ? depth : deepest(copy);
    return new Node(height, keys, copy, ends, newMax, bytes + moreBytes);
  }

  private Node named(@Nullable Names before, int slot, Json value) {
    names = before == null ? null : before.with(slot, value);
    return this;
  }

  private static int deepest(Object[] slots) {
    int depth = 0;
    for (Object slot : slots) {
      depth = Math.max(depth, slot instanceof Node node ? node.depth : ((Json) slot).depth());
    }
    return depth;
  }
}
