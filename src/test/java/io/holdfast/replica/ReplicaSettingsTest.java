package io.holdfast.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReplicaSettingsTest {
  private static ReplicaSettings with(String line) {
    return ReplicaSettings.from(
        ConfigFactory.parseString(line).withFallback(ConfigFactory.defaultReferenceUnresolved()));
  }

  @Test
  void theDefaultsAreThose() {
    ReplicaSettings settings = with("");

    assertThat(settings.unavailableAfter()).isEqualTo(Duration.ofSeconds(8));
    assertThat(settings.closeAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.catchUp())
        .isEqualTo(
            new ReplicaSettings.CatchUp(128 * 1024, 1000, 512 * 1024, Duration.ofSeconds(2)));
    assertThat(settings.fence())
        .isEqualTo(new Fence.Settings(Duration.ofSeconds(6), Duration.ofSeconds(12)));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> with("holdfast.replica.close-after = 7 s"))
        .hasMessageContaining("replica.close-after: PT7S (expected: ≥ unavailable-after PT8S)");
    assertThatThrownBy(() -> with("holdfast.replica.catch-up.events = 0"))
        .hasMessageContaining("replica.catch-up: events 0");
    assertThatThrownBy(() -> with("holdfast.replica.fence.standstill = 1 s"))
        .hasMessageContaining("replica.fence: standstill PT1S (expected: > twice the tick PT1S)");
  }
}
