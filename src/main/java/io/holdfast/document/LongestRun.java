package io.holdfast.document;

/** The longest increasing subsequence, by patience sorting. */
final class LongestRun {
  private LongestRun() {}

  /** Which of the numbers belong to it; negative ones never do. */
  static boolean[] of(int[] numbers) {
    int[] tails = new int[numbers.length];
    int[] previous = new int[numbers.length];
    int length = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0) {
        continue;
      }
      int pile = pile(numbers, tails, length, numbers[i]);
      previous[i] = pile == 0 ? -1 : tails[pile - 1];
      tails[pile] = i;
      length = Math.max(length, pile + 1);
    }
    boolean[] belongs = new boolean[numbers.length];
    for (int i = length == 0 ? -1 : tails[length - 1]; i >= 0; i = previous[i]) {
      belongs[i] = true;
    }
    return belongs;
  }

  /** The first pile whose top is not below {@code number}. */
  private static int pile(int[] numbers, int[] tails, int length, int number) {
    int low = 0;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (numbers[tails[middle]] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
