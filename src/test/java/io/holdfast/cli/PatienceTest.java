package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final AtomicLong now = new AtomicLong();
  private final List<Long> pauses = new ArrayList<>();

  private Patience.Round round(Duration total) {
    return new Patience(total, this::sleep, now::get, () -> 1.0).round();
  }

  private void sleep(Duration time) {
    pauses.add(time.toMillis());
    now.addAndGet(time.toNanos());
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToTenSeconds() throws Exception {
    var round = round(Duration.ofMinutes(5));

    for (int i = 0; i < 8; i++) {
      round.waitAtLeast(Duration.ZERO);
    }

    assertThat(pauses).containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L);
  }

  @Test
  void neverComesBackBeforeTheServerSaid() throws Exception {
    round(Duration.ofMinutes(5)).waitAtLeast(Duration.ofSeconds(7));

    assertThat(pauses).containsExactly(7000L);
  }

  @Test
  void givesUpAtOnceWhenTheNextTryWouldComeTooLate() throws Exception {
    var round = round(Duration.ofSeconds(1));

    assertThat(round.waitAtLeast(Duration.ZERO)).isTrue();
    assertThat(round.waitAtLeast(Duration.ZERO)).isTrue();
    assertThat(round.waitAtLeast(Duration.ofSeconds(30))).isFalse();
    assertThat(pauses).containsExactly(250L, 500L);
  }

  @Test
  void doesNotWaitAtAllWithoutPatience() throws Exception {
    assertThat(round(Duration.ZERO).waitAtLeast(Duration.ZERO)).isFalse();
  }
}
