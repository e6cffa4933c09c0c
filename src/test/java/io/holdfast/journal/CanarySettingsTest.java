package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CanarySettingsTest {
  @Test
  void looksEveryFiveSecondsAndWaitsThirty() {
    assertThat(CanarySettings.from(ConfigFactory.defaultReference()))
        .isEqualTo(new CanarySettings(Duration.ofSeconds(5), Duration.ofSeconds(30)));
  }

  @Test
  void refusesAPatienceThatOneLateRoundExhausts() {
    assertThatThrownBy(() -> new CanarySettings(Duration.ofSeconds(5), Duration.ofSeconds(9)))
        .hasMessage(
            "journal.canary: every PT5S, patience PT9S (expected: 0 < 2 × every ≤ patience)");
  }
}
