package io.holdfast.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a node takes its copies for fresh, second by second. */
final class FenceTest {
  private static final Fence.View ALL = new Fence.View(3, 3);

  private long now = Duration.ofDays(100).toNanos();
  private final Fence fence =
      new Fence(new Fence.Settings(Duration.ofSeconds(5), Duration.ofSeconds(3)), now);

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private void beatEverySecond(int seconds, Fence.View view) {
    for (int i = 0; i < seconds; i++) {
      pass(1);
      fence.beat(now, view);
    }
  }

  @Test
  void aNodeThatRunsAndReachesMostIsOpen() {
    beatEverySecond(20, ALL);
    beatEverySecond(20, new Fence.View(2, 3));

    assertThat(fence.isOpen(now)).isTrue();
    assertThat(fence.doubts()).isZero();
  }

  @Test
  void aLoneNodeIsItsOwnMajority() {
    beatEverySecond(2, new Fence.View(1, 1));

    assertThat(fence.isOpen(now)).isTrue();
  }

  @Test
  void halfIsNoMajority() {
    beatEverySecond(1, new Fence.View(1, 2));

    assertThat(fence.isOpen(now)).isFalse();
  }

  @Test
  void oneThatIsNoLongerAMemberIsClosed() {
    beatEverySecond(1, new Fence.View(0, 2));

    assertThat(fence.isOpen(now)).isFalse();
  }

  @Test
  void onceTheMajorityIsBackItIsOpenAndWhatItKnewIsInDoubt() {
    beatEverySecond(5, new Fence.View(1, 3));
    assertThat(fence.doubts()).isEqualTo(1);

    beatEverySecond(1, ALL);

    assertThat(fence.isOpen(now)).isTrue();
    assertThat(fence.doubts()).isEqualTo(1);
  }

  @Test
  void aNodeThatStoodStillIsClosedBeforeItHasNoticed() {
    beatEverySecond(3, ALL);

    pass(6);

    assertThat(fence.isOpen(now)).isFalse();
  }

  @Test
  void itStaysClosedUntilItWouldHaveHeardThatItWasGivenUp() {
    beatEverySecond(3, ALL);
    pass(6);
    fence.beat(now, ALL);

    beatEverySecond(2, ALL);
    assertThat(fence.isOpen(now)).isFalse();
    assertThat(fence.doubts()).isEqualTo(1);
    beatEverySecond(1, ALL);
    assertThat(fence.isOpen(now)).isTrue();
  }

  @Test
  void aShortPauseIsNoReasonToDoubt() {
    beatEverySecond(3, ALL);
    pass(4);

    assertThat(fence.isOpen(now)).isTrue();
    fence.beat(now, ALL);
    assertThat(fence.doubts()).isZero();
  }
}
