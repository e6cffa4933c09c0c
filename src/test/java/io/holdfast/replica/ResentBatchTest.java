package io.holdfast.replica;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.holdfast.entity.Notice;
import io.holdfast.entity.StoredHistory;
import io.holdfast.entity.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A batch whose answer was lost goes up again; who sent the commands once is not told that they came twice. */
final class ResentBatchTest {
  private static final ActorTestKit KIT = ActorTestKit.create("resent");

  private final StoredHistory history = new StoredHistory(Stage.NOTE, 7, 4);
  private final Stage stage = new Stage(
      KIT,
      (id, from, to, bytes) -> completedFuture(List.of()),
      (id, from, to, limit) -> completedFuture(history.stored(to, to)));
  private final TestProbe<Verdict> verdicts = KIT.createTestProbe();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** The command that made change {@code version} goes up a second time, and the entity says so. */
  private Verdict answeredTheSecondTime(long version, Verdict verdict) {
    stage.attach(3, "{\"n\":3}");
    stage.propose(version, verdicts.ref()::tell);
    long first = stage.submitted().batch();
    long second = stage.submitted().batch();
    assertThat(second).isGreaterThan(first);
    stage.tell(Notice.Committed.elsewhere(7, List.of(history.change(4))));
    stage.tell(new Notice.Decided(second, List.of(verdict), List.of()));
    return verdicts.receiveMessage();
  }

  @Test
  void whatTheFirstTryDidIsNoDuplicate() {
    assertThat(answeredTheSecondTime(4, new Verdict.Accepted(4, true)))
        .isEqualTo(new Verdict.Accepted(4, false));
  }

  @Test
  void norIsWhatOnlyTheJournalKnowsAnyMore() {
    assertThat(answeredTheSecondTime(4, new Verdict.DecidedBefore(4)))
        .isEqualTo(new Verdict.Accepted(4, false));
  }

  @Test
  void whatTheJournalHadBeforeStaysOne() {
    assertThat(answeredTheSecondTime(3, new Verdict.DecidedBefore(3)))
        .isEqualTo(new Verdict.Accepted(3, true));
  }

  @Test
  void whatWasThereBeforeStaysOne() {
    assertThat(answeredTheSecondTime(3, new Verdict.Accepted(3, true)))
        .isEqualTo(new Verdict.Accepted(3, true));
  }
}
