package io.holdfast.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who gets how much of an entity's rate. */
final class FairRateTest {
  private static final int PER_SECOND = 100;

  private final FairRate rate = new FairRate(PER_SECOND);
  private long now = 1_000_000;

  private int take(String who, int times) {
    int given = 0;
    for (int i = 0; i < times; i++) {
      given += rate.take(who, now) ? 1 : 0;
    }
    return given;
  }

  @Test
  void oneAloneGetsAllOfItAndNoMore() {
    assertThat(take("ann", 500)).isEqualTo(PER_SECOND);
  }

  @Test
  void whoAsksForLittleIsNotHeldUpByAFlood() {
    take("mallory", 500);

    assertThat(take("ann", 20)).isEqualTo(20);
    assertThat(take("mallory", 500)).isZero();
  }

  @Test
  void whatWasGivenBeyondTheRateComesOffTheNextSecond() {
    take("mallory", 500);
    take("ann", 20);
    now += 1000;

    assertThat(take("mallory", 500)).isEqualTo(PER_SECOND - 20);
  }

  @Test
  void manyWhoFloodTogetherGetTheRateInTheLongRun() {
    int given = 0;
    for (int second = 0; second < 20; second++) {
      for (int who = 0; who < 10; who++) {
        given += take("bot" + who, 50);
      }
      now += 1000;
    }

    assertThat(given).isLessThanOrEqualTo(22 * PER_SECOND);
  }
}
