package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.entity.Chain;
import io.holdfast.entity.Hash;
import io.holdfast.entity.SnapshotCodec;
import io.holdfast.entity.State;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of stored data that is not what was written, in every database: it is replaced by something verified, or its entity
 * is quarantined; never is it served.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DamageContract {
  private static final String EVENT = " \"persistence_id\" = ? AND \"sequence_number\" = ?";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private Workshop workshop;

  abstract Map<String, String> database() throws Exception;

  @BeforeAll
  void open(@TempDir Path directory) throws Exception {
    workshop = Workshop.in(directory, database());
  }

  @AfterAll
  void close() {
    workshop.close();
  }

  /** An entity with seven events, a snapshot at the fifth, its anchor written, that nobody has open. */
  private Entity seven() throws SQLException {
    Entity entity = workshop.entity().count(7);
    settled(entity, 7, 5);
    return entity;
  }

  /** Twelve events, snapshots at five and ten. */
  private Entity twelve() throws SQLException {
    Entity entity = workshop.entity().count(12);
    settled(entity, 12, 10);
    return entity;
  }

  private void settled(Entity entity, long head, long snapshot) {
    String newest = "SELECT MAX(\"sequence_number\") FROM \"%s\" WHERE \"persistence_id\" = ?";
    await()
        .atMost(PATIENCE)
        .until(() -> workshop.number(newest.formatted("head_anchor"), entity.name()) == head
            && workshop.number(newest.formatted("snapshot"), entity.name()) == snapshot);
    entity.stop();
  }

  /** {@code good} is the last event that is what was written; events are read in pages, so one before may be named. */
  private void assertQuarantined(Entity entity, long good) throws SQLException {
    assertThat(entity.isQuarantined()).isTrue();
    await().atMost(PATIENCE).until(() -> rows(entity) == 1);
    assertThat(workshop.number(
            "SELECT \"version\" FROM \"quarantine\" WHERE \"persistence_id\" = ?", entity.name()))
        .isBetween(Math.min(good, 5), good);
  }

  private long rows(Entity entity) throws SQLException {
    return workshop.number(
        "SELECT COUNT(*) FROM \"quarantine\" WHERE \"persistence_id\" = ?", entity.name());
  }

  private long setAside(Entity entity) throws SQLException {
    return workshop.number(
        "SELECT COUNT(*) FROM \"snapshot_quarantine\" WHERE \"persistence_id\" = ?", entity.name());
  }

  private byte[] payload(Entity entity, long number) throws SQLException {
    return workshop.bytes(
        "SELECT \"event_payload\" FROM \"event_journal\" WHERE" + EVENT, entity.name(), number);
  }

  private void overwrite(Entity entity, long number, byte[] payload) throws SQLException {
    int changed = workshop.sql(
        "UPDATE \"event_journal\" SET \"event_payload\" = ? WHERE" + EVENT,
        payload,
        entity.name(),
        number);
    assertThat(changed).isOne();
  }

  private byte[] snapshot(Entity entity, long number) throws SQLException {
    return workshop.bytes(
        "SELECT \"snapshot_payload\" FROM \"snapshot\" WHERE" + EVENT, entity.name(), number);
  }

  private void overwriteSnapshot(Entity entity, long number, byte[] payload) throws SQLException {
    int changed = workshop.sql(
        "UPDATE \"snapshot\" SET \"snapshot_payload\" = ? WHERE" + EVENT,
        payload,
        entity.name(),
        number);
    assertThat(changed).isOne();
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  @Test
  void whatIsNotDamagedIsServed() throws Exception {
    Entity entity = twelve();

    entity.assertServes(12);
    assertThat(setAside(entity)).isZero();
    assertThat(rows(entity)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1", "40", "120", "-1"})
  void aFlippedBitInAnEventQuarantinesItsEntity(int at) throws Exception {
    Entity entity = seven();
    byte[] stored = payload(entity, 7);
    overwrite(entity, 7, flipped(stored, at < 0 ? stored.length + at : at));

    assertQuarantined(entity, 6);
  }

  @ParameterizedTest
  @CsvSource({"6,5", "7,6"})
  void aMissingEventQuarantinesItsEntity(long number, long version) throws Exception {
    Entity entity = seven();
    workshop.sql("DELETE FROM \"event_journal\" WHERE" + EVENT, entity.name(), number);

    assertThat(entity.isQuarantined()).isTrue();
    assertThat(version).isLessThan(number);
  }

  @Test
  void aLostTailQuarantinesItsEntity() throws Exception {
    Entity entity = seven();
    workshop.sql(
        "DELETE FROM \"event_journal\" WHERE \"persistence_id\" = ? AND \"sequence_number\" > 5",
        entity.name());

    assertQuarantined(entity, 5);
  }

  @Test
  void anEntityWhoseRowsAreAllGoneIsNotTakenForANewOne() throws Exception {
    Entity entity = seven();
    workshop.sql("DELETE FROM \"event_journal\" WHERE \"persistence_id\" = ?", entity.name());
    workshop.sql("DELETE FROM \"snapshot\" WHERE \"persistence_id\" = ?", entity.name());

    assertQuarantined(entity, 0);
  }

  @Test
  void swappedEventsQuarantineTheirEntity() throws Exception {
    Entity entity = seven();
    byte[] six = payload(entity, 6);
    overwrite(entity, 6, payload(entity, 7));
    overwrite(entity, 7, six);

    assertQuarantined(entity, 5);
  }

  @Test
  void anEventOfAnotherEntityQuarantinesTheOneThatHasIt() throws Exception {
    Entity entity = seven();
    Entity other = seven();
    overwrite(entity, 6, payload(other, 6));

    assertQuarantined(entity, 5);
    other.assertServes(7);
  }

  @Test
  void aWholeRowOfAnotherEntityAndWriterQuarantinesTheOneThatHasIt() throws Exception {
    Entity entity = seven();
    Entity other = seven();
    workshop.sql("DELETE FROM \"event_journal\" WHERE" + EVENT, entity.name(), 6L);
    workshop.sql(
        "UPDATE \"event_journal\" SET \"persistence_id\" = ?, \"writer\" = 'another' WHERE" + EVENT,
        entity.name(),
        other.name(),
        6L);

    assertQuarantined(entity, 5);
    assertThat(other.isQuarantined()).isTrue();
  }

  @Test
  void aWriterInBetweenIsNoDamage() throws Exception {
    Entity entity = seven();
    workshop.sql(
        "UPDATE \"event_journal\" SET \"writer\" = 'another' WHERE" + EVENT, entity.name(), 6L);

    entity.assertServes(7);
  }

  @Test
  void aDoubledEventQuarantinesItsEntity() throws Exception {
    Entity entity = seven();
    workshop.sql(
        "INSERT INTO \"event_journal\" (\"persistence_id\", \"sequence_number\", \"deleted\", \"writer\","
            + " \"write_timestamp\", \"adapter_manifest\", \"event_ser_id\", \"event_ser_manifest\", \"event_payload\")"
            + " SELECT \"persistence_id\", 8, \"deleted\", \"writer\", \"write_timestamp\", \"adapter_manifest\","
            + " \"event_ser_id\", \"event_ser_manifest\", \"event_payload\" FROM \"event_journal\" WHERE"
            + EVENT,
        entity.name(),
        7L);

    assertQuarantined(entity, 7);
  }

  @ParameterizedTest
  @CsvSource({"6", "7"})
  void anEventMarkedAsDeletedQuarantinesItsEntity(long number) throws Exception {
    Entity entity = seven();
    workshop.sql(
        "UPDATE \"event_journal\" SET \"deleted\" = TRUE WHERE" + EVENT, entity.name(), number);

    assertThat(entity.isQuarantined()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "\"event_ser_manifest\" = 'other'",
    "\"event_ser_id\" = 4",
    "\"event_ser_id\" = 1",
    "\"event_ser_id\" = 77777"
  })
  void anEventThatSaysItIsSomethingElseQuarantinesItsEntity(String change) throws Exception {
    Entity entity = seven();
    workshop.sql("UPDATE \"event_journal\" SET " + change + " WHERE" + EVENT, entity.name(), 6L);

    assertQuarantined(entity, 5);
  }

  @Test
  void aQuarantinedEntityHarmsNoOtherAndIsNotReadAgain() throws Exception {
    Entity entity = seven();
    overwrite(entity, 7, new byte[] {1});
    assertQuarantined(entity, 6);

    for (int i = 0; i < 20; i++) {
      assertThat(entity.isQuarantined()).isTrue();
    }
    assertThat(rows(entity)).isOne();
    Entity other = seven();
    other.assertServes(7);
  }

  @Test
  void aRepairedEntityLivesAgainOnceItsRowIsDeleted() throws Exception {
    Entity entity = seven();
    byte[] good = payload(entity, 6);
    overwrite(entity, 6, flipped(good, 100));
    assertQuarantined(entity, 5);

    overwrite(entity, 6, good);
    assertThat(entity.isQuarantined()).isTrue();
    workshop.sql("DELETE FROM \"quarantine\" WHERE \"persistence_id\" = ?", entity.name());

    await().atMost(PATIENCE).until(() -> !entity.isQuarantined());
    entity.assertServes(7);
    entity.count(1).assertServes(8);
  }

  @Test
  void anEntityReleasedWithoutRepairIsQuarantinedAgain() throws Exception {
    Entity entity = seven();
    overwrite(entity, 6, new byte[] {1});
    assertQuarantined(entity, 5);

    workshop.sql("DELETE FROM \"quarantine\" WHERE \"persistence_id\" = ?", entity.name());

    await().atMost(PATIENCE).until(() -> entity.isQuarantined() && rows(entity) == 1);
  }

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
