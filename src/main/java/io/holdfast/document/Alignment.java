package io.holdfast.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where two sequences differ, by a longest common subsequence (Myers, An O(ND) Difference Algorithm, 1986). */
final class Alignment {
  /** Beyond this many edits sequences count as unlike: they become one hunk, unsearched. */
  private static final int MOST_EDITS = 256;

  private final int[] from;
  private final int[] to;

  /** Per number of edits, how far into {@code from} each diagonal reached. */
  private final List<int[]> reached = new ArrayList<>();

  private Alignment(int[] from, int[] to) {
    this.from = from;
    this.to = to;
  }

  /** A stretch of {@code from} in whose place stands a stretch of {@code to}; either may be empty. */
  record Hunk(int fromStart, int fromEnd, int toStart, int toEnd) {}

  /** The hunks in order. */
  static List<Hunk> of(int[] from, int[] to) {
    return new Alignment(from, to).hunks();
  }

  private List<Hunk> hunks() {
    int edits = Math.min(from.length, to.length) == 0 ? -1 : edits();
    if (edits < 0) {
      return from.length + to.length == 0
          ? List.of()
          : List.of(new Hunk(0, from.length, 0, to.length));
    }
    return walkBack(edits);
  }

  /** The fewest insertions and removals; -1 if there are too many. */
  private int edits() {
    int most = Math.min(MOST_EDITS, from.length + to.length);
    int[] furthest = new int[2 * most + 3];
    int zero = most + 1;
    for (int edits = 0; edits <= most; edits++) {
      for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
        int x = slide(start(furthest, zero + diagonal, diagonal, edits), diagonal);
        furthest[zero + diagonal] = x;
        if (x >= from.length && x - diagonal >= to.length) {
          return edits;
        }
      }
      reached.add(java.util.Arrays.copyOfRange(furthest, zero - edits, zero + edits + 1));
    }
    return -1;
  }

  private static int start(int[] furthest, int at, int diagonal, int edits) {
    boolean down = diagonal == -edits || (diagonal != edits && furthest[at - 1] < furthest[at + 1]);
    return down ? furthest[at + 1] : furthest[at - 1] + 1;
  }

  private int slide(int start, int diagonal) {
    int x = start;
    while (x < from.length
        && x >= 0
        && x - diagonal < to.length
        && x - diagonal >= 0
        && from[x] == to[x - diagonal]) {
      x++;
    }
    return x;
  }

  private List<Hunk> walkBack(int edits) {
    List<Hunk> hunks = new ArrayList<>();
    int x = from.length;
    int y = to.length;
    for (int left = edits; left > 0; left--) {
      int diagonal = x - y;
      int[] before = reached.get(left - 1);
      int zero = left - 1;
      boolean down = diagonal == -left
          || (diagonal != left && before[zero + diagonal - 1] < before[zero + diagonal + 1]);
      int previous = down ? diagonal + 1 : diagonal - 1;
      int previousX = before[zero + previous];
      int previousY = previousX - previous;
      prepend(
          hunks,
          down
              ? new Hunk(previousX, previousX, previousY, previousY + 1)
              : new Hunk(previousX, previousX + 1, previousY, previousY));
      x = previousX;
      y = previousY;
    }
    Collections.reverse(hunks);
    return hunks;
  }

  /** Adds what comes just before the last hunk in the list, as one with it if they touch. */
  private static void prepend(List<Hunk> hunks, Hunk hunk) {
    int last = hunks.size() - 1;
    if (last >= 0
        && hunks.get(last).fromStart() == hunk.fromEnd()
        && hunks.get(last).toStart() == hunk.toEnd()) {
      Hunk next = hunks.remove(last);
      hunks.add(new Hunk(hunk.fromStart(), next.fromEnd(), hunk.toStart(), next.toEnd()));
    } else {
      hunks.add(hunk);
    }
  }
}
