package io.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.checker.CommandId;
import io.holdfast.checker.Receipt;
import io.holdfast.checker.Sent;
import io.holdfast.document.JsonArray;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PausesTest {
  private static final long MS = 1_000_000;

  private static Sent sent(long ms, long seq) {
    return new Sent(
        ms * MS, new CommandId("c", "note/a", seq), seq - 1, Sent.ANY, JsonArray.empty());
  }

  private static Receipt receipt(long ms, long seq, boolean accepted) {
    return new Receipt(ms * MS, new CommandId("c", "note/a", seq), accepted, seq, "");
  }

  @Test
  void aPauseIsTheTimeBetweenTwoReceiptsOfASession() {
    Pauses pauses = Pauses.of(
        List.of(sent(10, 1), sent(20, 2), sent(30, 3)),
        List.of(receipt(12, 1, true), receipt(25, 2, false), receipt(90, 3, true)),
        0,
        1000 * MS);

    assertThat(pauses.gaps()).containsExactly(12L, 13L, 65L);
    assertThat(pauses.answers()).containsExactly(2L, 5L, 60L);
    assertThat(pauses.longest()).contains("c's 3 to note/a", "+30 ms");
  }

  @Test
  void whatIsAnsweredTwiceCountsOnceAndFromItsFirstSending() {
    Pauses pauses = Pauses.of(
        List.of(sent(10, 1), sent(50, 1)),
        List.of(receipt(60, 1, true), receipt(70, 1, true)),
        0,
        1000 * MS);

    assertThat(pauses.answers()).containsExactly(50L);
  }
}
