package io.holdfast.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read beside its entity is whole, in order and of one history, or refused. */
final class StretchTest {
  private static final EntityId NOTE = new EntityId("note", "a");
  private static final Position THREE = new Position(7, 3);

  private final StoredHistory history = new StoredHistory(NOTE, 7, 8);

  private static void assertRefused(List<byte[]> stored, String why) {
    assertThatThrownBy(() -> Stretch.after(NOTE, THREE, stored))
        .isInstanceOf(ChainBroken.class)
        .hasMessageContaining(why);
  }

  @Test
  void givesTheChangesAndTheHashTheyLeadTo() {
    Stretch stretch = Stretch.after(NOTE, THREE, history.payloads(4, 8));

    assertThat(stretch.changes()).extracting(Change::version).containsExactly(4L, 5L, 6L, 7L, 8L);
    assertThat(stretch.head()).isEqualTo(history.hash(8));
  }

  @Test
  void refusesAHole() {
    List<byte[]> stored = history.payloads(4, 8);
    stored.remove(2);

    assertRefused(stored, "sequence number: 7 (expected: 6)");
  }

  @Test
  void refusesOneThatDoesNotFollow() {
    assertRefused(history.payloads(5, 8), "sequence number: 5 (expected: 4)");
  }

  @Test
  void refusesAnotherOrder() {
    List<byte[]> stored = history.payloads(4, 8);
    Collections.swap(stored, 1, 2);

    assertRefused(stored, "sequence number: 6");
  }

  @Test
  void refusesAnEventOfAnotherEntity() {
    List<byte[]> stored = history.payloads(4, 8);
    StoredHistory other = new StoredHistory(new EntityId("note", "b"), 7, 8);
    stored.set(2, other.payloads(6, 6).get(0));

    assertRefused(stored, "previous hash");
  }

  @Test
  void refusesWhatIsNotWhatWasWritten() {
    List<byte[]> stored = history.payloads(4, 8);
    stored.get(1)[120] ^= 1;

    assertRefused(stored, "checksum");
  }

  @Test
  void refusesAnotherEpoch() {
    history.then(8);

    assertRefused(history.payloads(4, 9), "epoch: 8 (expected: 7)");
  }
}
