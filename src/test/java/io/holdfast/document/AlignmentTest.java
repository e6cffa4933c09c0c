package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Alignment.Hunk;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  @Property
  void whatStandsBetweenTheHunksIsALongestCommonSubsequence(@ForAll Random random) {
    int[] from = random.ints(random.nextInt(12), 0, 4).toArray();
    int[] to = random.ints(random.nextInt(12), 0, 4).toArray();

    int kept = 0;
    int fromAt = 0;
    int toAt = 0;
    for (Hunk hunk : Alignment.of(from, to)) {
      assertThat(Arrays.copyOfRange(from, fromAt, hunk.fromStart()))
          .isEqualTo(Arrays.copyOfRange(to, toAt, hunk.toStart()));
      assertThat(hunk.fromEnd() - hunk.fromStart() + hunk.toEnd() - hunk.toStart())
          .isPositive();
      kept += hunk.fromStart() - fromAt;
      fromAt = hunk.fromEnd();
      toAt = hunk.toEnd();
    }
    assertThat(Arrays.copyOfRange(from, fromAt, from.length))
        .isEqualTo(Arrays.copyOfRange(to, toAt, to.length));
    assertThat(kept + from.length - fromAt).isEqualTo(commonLength(from, to));
  }

  @Test
  void unlikeSequencesAreOneHunk() {
    int[] from = new int[200];
    int[] to = new int[200];
    Arrays.setAll(from, i -> i);
    Arrays.setAll(to, i -> -1 - i);

    assertThat(Alignment.of(from, to)).containsExactly(new Hunk(0, 200, 0, 200));
    assertThat(Alignment.of(Arrays.copyOf(from, 128), Arrays.copyOf(to, 128)))
        .containsExactly(new Hunk(0, 128, 0, 128));
    to[100] = 100;
    assertThat(Alignment.of(Arrays.copyOf(from, 128), Arrays.copyOf(to, 128)))
        .containsExactly(new Hunk(0, 100, 0, 100), new Hunk(101, 128, 101, 128));
    assertThat(Alignment.of(from, to)).containsExactly(new Hunk(0, 200, 0, 200));
  }

  @Test
  void nothingAlignsWithNothing() {
    assertThat(Alignment.of(new int[0], new int[0])).isEmpty();
    assertThat(Alignment.of(new int[2], new int[0])).isEqualTo(List.of(new Hunk(0, 2, 0, 0)));
    assertThat(Alignment.of(new int[0], new int[3])).isEqualTo(List.of(new Hunk(0, 0, 0, 3)));
    assertThat(Alignment.of(new int[3], new int[3])).isEmpty();
  }

  @Property
  void theLongestRunIsTheLongest(@ForAll Random random) {
    int[] numbers = random.ints(random.nextInt(10), -1, 10).distinct().toArray();

    boolean[] belongs = LongestRun.of(numbers);

    int last = -1;
    int length = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (belongs[i]) {
        assertThat(numbers[i]).isGreaterThan(last);
        last = numbers[i];
        length++;
      }
    }
    assertThat(length).isEqualTo(longestRun(numbers, 0, -1));
  }

  private static int longestRun(int[] numbers, int from, int last) {
    if (from == numbers.length) {
      return 0;
    }
    int without = longestRun(numbers, from + 1, last);
    return numbers[from] <= last
        ? without
        : Math.max(without, 1 + longestRun(numbers, from + 1, numbers[from]));
  }

  private static int commonLength(int[] from, int[] to) {
    int[][] lengths = new int[from.length + 1][to.length + 1];
    for (int i = from.length - 1; i >= 0; i--) {
      for (int j = to.length - 1; j >= 0; j--) {
        lengths[i][j] = from[i] == to[j]
            ? 1 + lengths[i + 1][j + 1]
            : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths[0][0];
  }
}
