package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.entity.Chain;
import io.holdfast.entity.Hash;
import io.holdfast.entity.SnapshotCodec;
import io.holdfast.entity.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of stored snapshots that are not what was written, in every database: something verified replaces them. */
abstract class SnapshotDamageContract extends DamageBench {

  @ParameterizedTest
  @CsvSource({"0", "30", "60", "-1"})
  void aDamagedSnapshotIsSetAsideAndTheOneBeforeServes(int at) throws Exception {
    Entity entity = twelve();
    double before = workshop.meter("holdfast_snapshots_set_aside");
    byte[] stored = snapshot(entity, 10);
    overwriteSnapshot(entity, 10, flipped(stored, at < 0 ? stored.length + at : at));

    entity.assertServes(12);
    assertThat(setAside(entity)).isOne();
    assertThat(workshop.meter("holdfast_snapshots_set_aside")).isEqualTo(before + 1);
    assertThat(workshop.number(
            "SELECT MAX(\"sequence_number\") FROM \"snapshot\" WHERE \"persistence_id\" = ?",
            entity.name()))
        .isEqualTo(5);
  }

  @Test
  void withoutAnyGoodSnapshotTheWholeJournalServes() throws Exception {
    Entity entity = twelve();
    overwriteSnapshot(entity, 5, new byte[] {1});
    overwriteSnapshot(entity, 10, new byte[0]);

    entity.assertServes(12);
    assertThat(setAside(entity)).isEqualTo(2);
  }

  @Test
  void anotherEntitysSnapshotIsSetAside() throws Exception {
    Entity entity = twelve();
    Entity other = twelve();
    overwriteSnapshot(entity, 10, snapshot(other, 10));

    entity.assertServes(12);
    assertThat(setAside(entity)).isOne();
  }

  @Test
  void aSnapshotUnderAnotherNumberIsSetAside() throws Exception {
    Entity entity = twelve();
    workshop.sql(
        "UPDATE \"snapshot\" SET \"sequence_number\" = 11 WHERE" + EVENT, entity.name(), 10L);

    entity.assertServes(12);
    assertThat(setAside(entity)).isOne();
  }

  @ParameterizedTest
  @CsvSource({"\"snapshot_ser_manifest\" = 'other'", "\"snapshot_ser_id\" = 4"})
  void aSnapshotThatSaysItIsSomethingElseIsSetAside(String change) throws Exception {
    Entity entity = twelve();
    workshop.sql("UPDATE \"snapshot\" SET " + change + " WHERE" + EVENT, entity.name(), 10L);

    entity.assertServes(12);
    assertThat(setAside(entity)).isOne();
  }

  @Test
  void aWellFormedSnapshotOfAnotherHistoryIsSetAside() throws Exception {
    Entity entity = twelve();
    State good = SnapshotCodec.decode(snapshot(entity, 10));
    Chain chain = good.chain();
    Chain other = new Chain(chain.entity(), chain.version(), chain.epoch(), Hash.of(new byte[32]));
    State wrong = new State(
        other, good.initial(), good.created(), good.updated(), good.clients(), good.initial());
    overwriteSnapshot(entity, 10, SnapshotCodec.encode(wrong));

    entity.assertServes(12);
    assertThat(setAside(entity)).isOne();
  }

  @Test
  void aSnapshotNewerThanTheJournalIsNotServed() throws Exception {
    Entity entity = twelve();
    workshop.sql(
        "DELETE FROM \"event_journal\" WHERE \"persistence_id\" = ? AND \"sequence_number\" > 8",
        entity.name());

    assertQuarantined(entity, 8);
    assertThat(setAside(entity)).isOne();
  }
}
