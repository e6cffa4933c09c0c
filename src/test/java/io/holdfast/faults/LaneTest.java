package io.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.checker.Sent;
import io.holdfast.checker.Sight;
import io.holdfast.document.JsonArray;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the load's clients do what the protocol demands of clients. */
final class LaneTest {
  private final Lane lane = new Lane("c", "note/a", true);

  private List<Long> afters() {
    return lane.unresolvedSeqs().stream().map(seq -> lane.sending(seq).after()).toList();
  }

  private void commands(int count) {
    for (int i = 0; i < count; i++) {
      lane.add(new Commands.Wish(Sent.ANY, JsonArray.empty(), ""));
    }
  }

  @Test
  void onlyWhatWasMeantToFailMayFailAndOnlySo() {
    commands(1);
    lane.add(new Commands.Wish(Sent.ANY, JsonArray.empty(), "test-failed"));

    assertThat(lane.mayFailAs(1, "test-failed")).isFalse();
    assertThat(lane.mayFailAs(1, "expired-client")).isFalse();
    assertThat(lane.mayFailAs(2, "test-failed")).isTrue();
    assertThat(lane.mayFailAs(2, "expired-client")).isTrue();
    assertThat(lane.mayFailAs(2, "forbidden")).isFalse();
  }

  @Test
  void eachCommandFollowsTheOneBefore() {
    commands(3);

    assertThat(afters()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void onlyWhatHasNoReceiptIsSentAgain() {
    commands(3);

    assertThat(lane.resolve(2)).isTrue();
    assertThat(lane.resolve(2)).isFalse();
    assertThat(lane.unresolvedSeqs()).containsExactly(1L, 3L);
  }

  @Test
  void afterAGapTheFirstOneBehindItFollowsWhatIsDecided() {
    commands(6);
    List.of(1L, 2L, 3L, 4L).forEach(lane::resolve);

    lane.gap(3); // The server forgot that 4 was refused.

    assertThat(afters()).containsExactly(3L, 5L);
  }

  @Test
  void aChangeThatDoesNotFitMakesItAskForTheWhole() {
    assertThat(lane.follow(new Sight.State(7, 4, JsonArray.empty()))).isTrue();
    assertThat(lane.opening()).isEqualTo(new Sight.Opened(7, 4));
    assertThat(lane.follow(new Sight.Changed(4, 5, JsonArray.empty(), List.of())))
        .isTrue();
    assertThat(lane.follow(new Sight.Changed(6, 7, JsonArray.empty(), List.of())))
        .isFalse();
    assertThat(Lane.frame("note/a", lane.opening()))
        .isEqualTo("{\"t\":\"open\",\"entity\":\"note/a\"}");
  }
}
