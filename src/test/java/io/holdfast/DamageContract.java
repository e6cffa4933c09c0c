package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of stored events that are not what was written, in every database: their entity is quarantined; never are they
 * served.
 */
abstract class DamageContract extends DamageBench {

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
}
