package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.EntityId;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What reading the journal, its snapshots and its head anchors must do, whichever database they are in. */
abstract class JournalReadsContract extends JournalBench {

  @Test
  void readsBackwardsAndInPages() throws Exception {
    write(row("note/a", 1, "1"), row("note/a", 2, "2"), row("note/a", 3, "3"));
    JournalReader reader = new JournalReader(system);
    EntityId entity = new EntityId("note", "a");

    List<StoredEvent> newest =
        reader.eventsBackwards(entity, 1, 3, 2).toCompletableFuture().get(5, TimeUnit.SECONDS);
    List<StoredEvent> middle =
        reader.events(entity, 2, 2, 10).toCompletableFuture().get(5, TimeUnit.SECONDS);

    assertThat(newest).extracting(StoredEvent::sequenceNumber).containsExactly(3L, 2L);
    assertThat(middle).extracting(StoredEvent::sequenceNumber).containsExactly(2L);
  }

  @Test
  void readsAStretchUnlessItIsTooLongTogether() throws Exception {
    write(row("note/a", 1, "1"), row("note/a", 2, "22"), row("note/a", 3, "333"));
    JournalReader reader = new JournalReader(system);

    assertThat(stretch(reader, 2, 3, 5))
        .extracting(StoredEvent::sequenceNumber)
        .containsExactly(2L, 3L);
    assertThat(stretch(reader, 2, 3, 4)).isEmpty();
    assertThat(stretch(reader, 4, 9, 100)).isEmpty();
  }

  private static List<StoredEvent> stretch(JournalReader reader, long from, long to, long mostBytes)
      throws Exception {
    return reader
        .stretch(new EntityId("note", "a"), from, to, mostBytes)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  @Test
  void anchorsOnlyEverMoveForward() throws Exception {
    Heads heads = new Heads(new AnchorTable(tables));
    heads.committed("note/a", 7, new byte[] {7});
    heads.committed("note/a", 6, new byte[] {6});
    heads.committed("note/b", 1, new byte[] {1});
    heads.flush();
    heads.committed("note/a", 5, new byte[] {5});
    heads.committed("note/b", 2, new byte[] {2});
    heads.flush();

    assertThat(anchor("note/a")).isEqualTo(7);
    assertThat(anchor("note/b")).isEqualTo(2);
    assertThat(heads.waiting()).isZero();
  }

  @Test
  void anchorsThatCannotBeWrittenWaitForTheNextRound() throws Exception {
    Heads heads = new Heads(new AnchorTable(tables));
    heads.committed("note/a", 7, new byte[1000]);
    if (settings().dialect() == Dialect.POSTGRESQL) {
      heads.committed("x".repeat(300), 1, new byte[] {1});
    }

    assertThatThrownBy(heads::flush).isInstanceOf(java.sql.SQLException.class);

    assertThat(heads.waiting()).isPositive();
  }

  private long anchor(String entity) throws Exception {
    try (Connection connection = tables.open()) {
      return AnchorTable.find(connection, entity).orElseThrow().sequenceNumber();
    }
  }

  @Test
  void keepsTheNewestSnapshotsOnly() throws Exception {
    for (long n = 1; n <= 5; n++) {
      tables.save("note/a", new Tables.Snapshot(n, n, 1, "m", new byte[] {(byte) n}), 3);
    }
    tables.save("note/b", new Tables.Snapshot(9, 9, 1, "m", new byte[] {9}), 3);

    assertThat(snapshots("note/a")).containsExactly(5L, 4L, 3L);
    assertThat(snapshots("note/b")).containsExactly(9L);
  }

  private List<Long> snapshots(String entity) throws Exception {
    List<Long> numbers = new ArrayList<>();
    try (Connection connection = tables.open()) {
      for (var next = newest(connection, entity, Long.MAX_VALUE);
          next.isPresent();
          next = newest(connection, entity, numbers.get(numbers.size() - 1) - 1)) {
        numbers.add(next.get().snapshot().sequenceNumber());
      }
    }
    return numbers;
  }

  private static Optional<Candidate> newest(Connection connection, String entity, long atMost)
      throws Exception {
    return Tables.newestSnapshot(connection, entity, atMost, Long.MAX_VALUE);
  }

  @Test
  void replacesASnapshotOfTheSameVersion() throws Exception {
    tables.save("note/a", new Tables.Snapshot(7, 1, 1, "m", new byte[] {1}), 3);
    tables.save("note/a", new Tables.Snapshot(7, 2, 1, "m", new byte[] {2}), 3);

    try (Connection connection = tables.open()) {
      assertThat(newest(connection, "note/a", 7))
          .get()
          .extracting(found -> found.snapshot().payload())
          .isEqualTo(new byte[] {2});
    }
  }
}
