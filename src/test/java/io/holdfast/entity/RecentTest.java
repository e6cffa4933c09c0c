package io.holdfast.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Patch;
import io.holdfast.protocol.ChangeMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentTest {
  private static Change change(long version, int bytes) {
    return new Change(
        new ChangeMeta(version, "c", version, "me", version),
        Patch.inSequence(List.of()),
        new byte[bytes]);
  }

  private static List<Long> versions(Recent recent, long after) {
    return recent.after(after).metas().stream().map(ChangeMeta::version).toList();
  }

  private static List<Long> range(long from, long to) {
    List<Long> all = new ArrayList<>();
    for (long v = from; v <= to; v++) {
      all.add(v);
    }
    return all;
  }

  /** Every view of a long run, also the ones left behind, says what a plain list would say. */
  @Test
  void everyViewHoldsConsecutiveChangesUpToItsOwnNewest() {
    Random random = new Random(7);
    int budget = 8_000;
    List<Recent> views = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    Recent recent = Recent.NONE;
    long version = 0;
    for (int step = 0; step < 400; step++) {
      List<Change> batch = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        batch.add(change(++version, random.nextInt(random.nextInt(10) == 0 ? 4_000 : 60)));
      }
      recent = recent.then(batch, budget);
      views.add(recent);
      ends.add(version);
      long start = batch.get(0).version();
      assertThat(recent.covers(start - 1, version)).isTrue();
      assertThat(recent.bytes() <= budget || versions(recent, 0).get(0) <= start)
          .isTrue();
    }
    for (int i = 0; i < views.size(); i++) {
      Recent view = views.get(i);
      long newest = ends.get(i);
      long oldest = versions(view, 0).get(0);
      assertThat(versions(view, 0)).isEqualTo(range(oldest, newest));
      assertThat(versions(view, newest - 1)).containsExactly(newest);
      assertThat(view.newest().orElseThrow().version()).isEqualTo(newest);
      assertThat(view.covers(oldest - 1, newest)).isTrue();
      assertThat(view.covers(oldest - 2, newest)).isFalse();
    }
  }

  @Test
  void twoFuturesOfOneViewDoNotSeeEachOther() {
    Recent base = Recent.NONE.then(List.of(change(1, 10)), 10_000);
    Recent one = base.then(List.of(change(2, 11)), 10_000);
    Recent other = base.then(List.of(change(2, 99)), 10_000);

    assertThat(one.after(1).ops().get(0)).hasSize(11);
    assertThat(other.after(1).ops().get(0)).hasSize(99);
    assertThat(versions(base, 0)).containsExactly(1L);
  }

  @Test
  void theBytesOfWhatIsHeldAreTheBytesCounted() {
    Recent recent = Recent.NONE;
    for (long v = 1; v <= 500; v++) {
      recent = recent.then(List.of(change(v, 100)), 6_000);
    }

    assertThat(recent.bytes())
        .isEqualTo(versions(recent, 0).size() * 300)
        .isLessThanOrEqualTo(6_000);
  }
}
