package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Entities with events and snapshots in some database, and a hand that damages what is stored of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DamageBench {
  static final String EVENT = " \"persistence_id\" = ? AND \"sequence_number\" = ?";
  static final Duration PATIENCE = Duration.ofSeconds(30);
  Workshop workshop;

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
  Entity seven() throws SQLException {
    Entity entity = workshop.entity().count(7);
    settled(entity, 7, 5);
    return entity;
  }

  /** Twelve events, snapshots at five and ten. */
  Entity twelve() throws SQLException {
    Entity entity = workshop.entity().count(12);
    settled(entity, 12, 10);
    return entity;
  }

  void settled(Entity entity, long head, long snapshot) {
    String newest = "SELECT MAX(\"sequence_number\") FROM \"%s\" WHERE \"persistence_id\" = ?";
    await()
        .atMost(PATIENCE)
        .until(() -> workshop.number(newest.formatted("head_anchor"), entity.name()) == head
            && workshop.number(newest.formatted("snapshot"), entity.name()) == snapshot);
    entity.stop();
  }

  /** {@code good} is the last event that is what was written; events are read in pages, so one before may be named. */
  void assertQuarantined(Entity entity, long good) throws SQLException {
    assertThat(entity.isQuarantined()).isTrue();
    await().atMost(PATIENCE).until(() -> rows(entity) == 1);
    assertThat(workshop.number(
            "SELECT \"version\" FROM \"quarantine\" WHERE \"persistence_id\" = ?", entity.name()))
        .isBetween(Math.min(good, 5), good);
  }

  long rows(Entity entity) throws SQLException {
    return workshop.number(
        "SELECT COUNT(*) FROM \"quarantine\" WHERE \"persistence_id\" = ?", entity.name());
  }

  long setAside(Entity entity) throws SQLException {
    return workshop.number(
        "SELECT COUNT(*) FROM \"snapshot_quarantine\" WHERE \"persistence_id\" = ?", entity.name());
  }

  byte[] payload(Entity entity, long number) throws SQLException {
    return workshop.bytes(
        "SELECT \"event_payload\" FROM \"event_journal\" WHERE" + EVENT, entity.name(), number);
  }

  void overwrite(Entity entity, long number, byte[] payload) throws SQLException {
    int changed = workshop.sql(
        "UPDATE \"event_journal\" SET \"event_payload\" = ? WHERE" + EVENT,
        payload,
        entity.name(),
        number);
    assertThat(changed).isOne();
  }

  byte[] snapshot(Entity entity, long number) throws SQLException {
    return workshop.bytes(
        "SELECT \"snapshot_payload\" FROM \"snapshot\" WHERE" + EVENT, entity.name(), number);
  }

  void overwriteSnapshot(Entity entity, long number, byte[] payload) throws SQLException {
    int changed = workshop.sql(
        "UPDATE \"snapshot\" SET \"snapshot_payload\" = ? WHERE" + EVENT,
        payload,
        entity.name(),
        number);
    assertThat(changed).isOne();
  }

  static byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }
}
