package io.holdfast.document;

/**
 * Brings a keyed array's elements in order, from the front. Those of the longest run that is in order already stay; the others
 * wait between them for their turn. So an element's place is its index plus how many waiting ones stand before it.
 */
final class KeyedOrder {
  private static final int NEW = -1;

  private final boolean[] waiting;

  /** The old position of the last element that stays, and how many elements wait before it. */
  private int anchor;

  private int waitingBefore;

  private KeyedOrder(int oldSize) {
    this.waiting = new boolean[oldSize];
  }

  /** What is to be done with the element that belongs at an index. */
  interface Moves {
    void move(int index, int place);

    /** {@code last} if nothing stands behind that place. */
    void add(int index, int place, boolean last);
  }

  /** {@code old} has, for each element in its new order, its position in the old array of {@code oldSize}, -1 if it is new. */
  static void arrange(int[] old, int oldSize, Moves moves) {
    boolean[] stays = LongestRun.of(old);
    KeyedOrder order = new KeyedOrder(oldSize);
    int size = order.unsettle(old, stays);
    for (int i = 0; i < old.length; i++) {
      if (stays[i]) {
        order.anchorAt(old[i]);
      } else if (old[i] == NEW) {
        int place = i + order.waitingBefore;
        moves.add(i, place, place == size);
        size++;
      } else {
        order.release(old[i]);
        moves.move(i, i + order.waitingBefore);
      }
    }
  }

  /** Lets all wait that do not stay; how many elements there are before any is added. */
  private int unsettle(int[] old, boolean[] stays) {
    int size = 0;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != NEW) {
        waiting[old[i]] = !stays[i];
        size++;
      }
    }
    return size;
  }

  private void anchorAt(int position) {
    for (; anchor < position; anchor++) {
      waitingBefore += waiting[anchor] ? 1 : 0;
    }
  }

  private void release(int position) {
    waiting[position] = false;
    waitingBefore -= position < anchor ? 1 : 0;
  }
}
