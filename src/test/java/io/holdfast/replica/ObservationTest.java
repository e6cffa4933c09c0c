package io.holdfast.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.JsonNull;
import io.holdfast.document.Keys;
import io.holdfast.entity.Verdict;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final EntityId ENTITY = new EntityId("note", "a");

  private final AtomicInteger wakes = new AtomicInteger();
  private final Observation observation = new Observation(ENTITY, o -> wakes.incrementAndGet());

  private static Published version(long version) {
    return Published.attached(ENTITY, Keys.none(), new Position(1, version), JsonNull.NULL);
  }

  @Test
  void wakesOnceHoweverMuchComesUntilTheObserverListensAgain() {
    for (int i = 1; i <= 100; i++) {
      observation.publish(version(i));
      observation.settle(new Settled(i, new Verdict.Accepted(i, false)));
    }

    assertThat(wakes).hasValue(1);
    assertThat(observation.latest()).get().extracting(p -> p.at().version()).isEqualTo(100L);
  }

  @Test
  void wakesAgainForWhatComesAfterListening() {
    observation.publish(version(1));
    observation.listen();
    observation.publish(version(2));

    assertThat(wakes).hasValue(2);
  }

  @Test
  void handsOverVerdictsOnceAndInOrder() {
    for (long seq = 1; seq <= 5; seq++) {
      observation.settle(new Settled(seq, new Verdict.Gap(0)));
    }

    assertThat(observation.takeSettled())
        .extracting(Settled::seq)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(observation.takeSettled()).isEmpty();
  }

  @Test
  void losesNoVerdictBetweenThreads() throws InterruptedException {
    int each = 20_000;
    List<Thread> writers = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread writer = new Thread(() -> {
        for (int i = 0; i < each; i++) {
          observation.settle(new Settled(i, new Verdict.Gap(0)));
        }
      });
      writers.add(writer);
      writer.start();
    }
    int taken = 0;
    while (writers.stream().anyMatch(Thread::isAlive)) {
      taken += observation.takeSettled().size();
    }
    taken += observation.takeSettled().size();

    assertThat(taken).isEqualTo(4 * each);
  }

  @Test
  void observersKnowTheirPlaceSoLeavingIsCheap() {
    Observers observers = new Observers();
    List<Observation> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Observation one = new Observation(ENTITY, o -> {});
      all.add(one);
      observers.add(one);
    }
    for (int i = 0; i < 10; i += 2) {
      observers.remove(all.get(i));
      observers.remove(all.get(i));
    }
    observers.publish(version(3));

    assertThat(observers.size()).isEqualTo(5);
    for (int i = 0; i < 10; i++) {
      assertThat(all.get(i).latest().isPresent()).isEqualTo(i % 2 == 1);
    }
  }
}
