package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PulseTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private final Pulse pulse = new Pulse(Duration.ofSeconds(30), 0);

  @Test
  void aJournalThatWritesIsNeverStuck() {
    for (long second = 0; second < 100; second++) {
      pulse.wrote(second * SECOND);
      assertThat(pulse.isSilent(second * SECOND, Duration.ofSeconds(10))).isFalse();
      assertThat(pulse.isStuck(second * SECOND)).isFalse();
    }
  }

  @Test
  void aSilentJournalIsNotStuckWhileTheDatabaseIsDown() {
    for (long second = 1; second < 100; second++) {
      pulse.database(false, second * SECOND);
      assertThat(pulse.isStuck(second * SECOND)).isFalse();
    }
    assertThat(pulse.isSilent(100 * SECOND, Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aSilentJournalIsStuckOnceTheDatabaseHasAnsweredForLong() {
    pulse.database(false, 50 * SECOND);
    pulse.database(true, 60 * SECOND);
    pulse.database(true, 90 * SECOND);
    assertThat(pulse.isStuck(90 * SECOND)).isFalse();

    assertThat(pulse.isStuck(91 * SECOND)).isTrue();
  }

  @Test
  void aDatabaseThatWentAwayInBetweenStartsTheWaitAnew() {
    pulse.database(true, 10 * SECOND);
    pulse.database(false, 30 * SECOND);
    pulse.database(true, 35 * SECOND);

    assertThat(pulse.isStuck(60 * SECOND)).isFalse();
  }

  @Test
  void aWriteEndsTheWait() {
    pulse.database(true, 10 * SECOND);
    pulse.wrote(39 * SECOND);

    assertThat(pulse.isStuck(100 * SECOND)).isFalse();
  }
}
