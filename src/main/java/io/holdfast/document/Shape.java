package io.holdfast.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys of one small object, known to be acceptable, for the next objects that have the same keys in the same order. */
final class Shape {
  /** Keys as they came; parsers give equal keys as one string, so references are compared. */
  private final String[] arrival;

  private final String[] sorted;

  /** Where each sorted key stands in {@code arrival}. */
  private final int[] order;

  private final long keyBytes;

  private Shape(String[] arrival, String[] sorted, int[] order, long keyBytes) {
    this.arrival = arrival;
    this.sorted = sorted;
    this.order = order;
    this.keyBytes = keyBytes;
  }

  /** The shape of the keys in {@code [from, to)}, at most {@link Node#WIDTH}; null if one is there twice. */
  static @Nullable Shape of(String[] keys, int from, int to) {
    String[] arrival = Arrays.copyOfRange(keys, from, to);
    String[] sorted = arrival.clone();
    int[] order = new int[sorted.length];
    long keyBytes = 0;
    for (int i = 0; i < sorted.length; i++) {
      String key = arrival[i];
      keyBytes += Node.keyBytes(key);
      int place = i;
      int comparison = -1;
      while (place > 0 && (comparison = key.compareTo(sorted[place - 1])) < 0) {
        sorted[place] = sorted[place - 1];
        order[place] = order[place - 1];
        place--;
      }
      if (comparison == 0) {
        return null;
      }
      sorted[place] = key;
      order[place] = i;
    }
    return new Shape(arrival, sorted, order, keyBytes);
  }

  int size() {
    return arrival.length;
  }

  /** Whether {@code key}, as the parser gave it, is the one that came at {@code index}. */
  @SuppressWarnings(
      "ReferenceEquality") // equal keys that are not the same string only miss the short cut
  boolean has(int index, String key) {
    return index < arrival.length && arrival[index] == key;
  }

  /** The object with the values in {@code [from, from + size)}, in the order the keys came. */
  JsonObject with(Json[] values, int from) {
    Object[] slots = new Object[order.length];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = values[from + order[i]];
    }
    return JsonObject.ofRoot(Node.leaf(sorted, slots, keyBytes));
  }
}
