package io.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.checker.Breach;
import io.holdfast.checker.Finding;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short fault runs: each breaks something under load, and every promise must hold all the same. */
@Tag("faults")
final class FaultsTest {
  static final long SEED = Long.getLong("faults.seed", new Random().nextInt(1_000_000));

  private static void assertHolds(String fault) {
    assertHolds(fault, 1);
  }

  static void assertHolds(String fault, int nodes) {
    Outcome outcome = FaultRun.of(fault, nodes, SEED);
    System.out.println(outcome);
    assertThat(outcome.isGood()).as(outcome.toString()).isTrue();
  }

  @Test
  void oneAcknowledgedEventLessWouldNotGoUnnoticed() {
    Outcome outcome =
        FaultRun.of("none", 1, SEED, journal -> journal.subList(0, journal.size() - 1));

    assertThat(outcome.findings())
        .extracting(Finding::breach)
        .contains(Breach.ACKNOWLEDGED_MISSING, Breach.SEEN_BUT_NOT_STORED);
  }

  @Test
  void aDatabaseStoppedTheHardWayLosesAndRepeatsNothing() {
    assertHolds("database");
  }

  @Test
  void commitsWhoseAnswersAreLostAreDoneOnce() {
    assertHolds("lost-answers");
  }

  @Test
  void oneEntitysRefusedRowsHarmNoOther() {
    assertHolds("poison");
  }

  @Test
  void nothingOfADamagedDocumentIsServed() {
    assertHolds("damage");
  }

  @Test
  void observersThatDoNotReadHarmNobodyAndMissNothing() {
    assertHolds("slow-reader");
  }

  @Test
  void everybodyLeavingAndComingBackAtOnceLosesNothing() {
    assertHolds("storm");
  }
}
