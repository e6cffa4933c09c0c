package io.holdfast.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An entity that cannot be reached, as those who want to see it notice. */
final class SilentEntityTest {
  private static final ActorTestKit KIT = ActorTestKit.create("silent");

  private final Stage stage = new Stage(KIT);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static void awaitUnavailable(Observation observation) {
    await().until(() -> observation.withheld().isPresent());
    assertThat(observation.withheld())
        .get()
        .extracting(Refusal::code)
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void whoeverOpensIsToldInsteadOfWaitingForEver() {
    awaitUnavailable(stage.observe());
  }

  @Test
  void whoeverComesLaterIsToldAtOnce() {
    Observation first = stage.observe();
    awaitUnavailable(first);

    Observation second = stage.observe();

    awaitUnavailable(second);
    assertThat(second.latest()).isEmpty();
  }

  @Test
  void onceItAnswersAllSeeIt() {
    Observation observation = stage.observe();
    awaitUnavailable(observation);

    stage.attach(3, "{}");

    await().until(() -> observation.latest().isPresent());
    assertThat(observation.withheld()).isEmpty();
  }

  @Test
  void whoeverHasTheDocumentIsToldLaterAndNotIfTheEntityAnswersInTime() {
    Observation observation = stage.observe();
    stage.attach(3, "{}");
    await().until(() -> observation.latest().isPresent());

    for (int i = 0; i < 3; i++) {
      stage.asked();
      stage.renew(3);
    }
    assertThat(observation.withheld()).isEmpty();

    awaitUnavailable(observation);
    assertThat(observation.latest()).isPresent();
    stage.renew(3);
    await().until(() -> observation.withheld().isEmpty());
  }

  @Test
  void itIsAskedAgainAndAgain() {
    for (int i = 0; i < 5; i++) {
      stage.asked();
    }
  }
}
