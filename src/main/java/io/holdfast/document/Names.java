package io.holdfast.document;

import org.jspecify.annotations.Nullable;

/**
 * The names of one leaf's elements, as hashes: an array is searched for a name without looking into elements that have another.
 * Immutable, and shared by all leaves whose elements are named the same, so a changed element costs no new one.
 */
final class Names {
  /** Shorter leaves are as quickly searched without. */
  private static final int FEW = 8;

  private final String member;
  private final int[] hashes;

  private Names(String member, int[] hashes) {
    this.member = member;
    this.hashes = hashes;
  }

  /** What stands after the {@code =} in a token that addresses the element by that member; null if nothing can. */
  static @Nullable String of(Json element, String member) {
    Json value = element instanceof JsonObject object ? object.find(member) : null;
    if (value instanceof JsonString string) {
      return string.value();
    }
    return value instanceof JsonNumber || value instanceof JsonBoolean ? value.toString() : null;
  }

  static boolean matches(Json element, String member, String name) {
    return name.equals(of(element, member));
  }

  /** The index of the first element whose {@code member} is {@code name}, {@link Location#NONE} if there is none. */
  static int indexOf(Node node, String member, String name) {
    if (node.isLeaf()) {
      return node.slots.length < FEW
          ? search(node, member, name)
          : in(node, member).search(node, name);
    }
    for (int slot = 0; slot < node.slots.length; slot++) {
      int found = indexOf(node.child(slot), member, name);
      if (found != Location.NONE) {
        return node.startOf(slot) + found;
      }
    }
    return Location.NONE;
  }

  private static int search(Node leaf, String member, String name) {
    for (int slot = 0; slot < leaf.slots.length; slot++) {
      if (matches(leaf.valueIn(slot), member, name)) {
        return slot;
      }
    }
    return Location.NONE;
  }

  private static Names in(Node leaf, String member) {
    Names known = leaf.names;
    if (known != null && known.member.equals(member)) {
      return known;
    }
    int[] hashes = new int[leaf.slots.length];
    for (int slot = 0; slot < hashes.length; slot++) {
      hashes[slot] = hash(leaf.valueIn(slot), member);
    }
    Names names = new Names(member, hashes);
    leaf.names = names;
    return names;
  }

  /** 0 for an element without a name; others may have it too. */
  private static int hash(Json element, String member) {
    String name = of(element, member);
    return name == null ? 0 : name.hashCode();
  }

  private int search(Node leaf, String name) {
    int hash = name.hashCode();
    for (int slot = 0; slot < hashes.length; slot++) {
      if (hashes[slot] == hash && matches(leaf.valueIn(slot), member, name)) {
        return slot;
      }
    }
    return Location.NONE;
  }

  /** Those of the leaf with another element in {@code slot}. */
  Names with(int slot, Json element) {
    int hash = hash(element, member);
    if (hashes[slot] == hash) {
      return this;
    }
    int[] changed = hashes.clone();
    changed[slot] = hash;
    return new Names(member, changed);
  }
}
