package io.holdfast.journal;

import akka.actor.ActorSystem;
import akka.dispatch.Futures;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;

/**
 * Stores the newest few snapshots of each entity and loads the newest good one, in the end none, for the whole journal. As every
 * recovery begins here, the entity's head anchor is read along.
 */
public final class VerifiedSnapshotStore extends SnapshotStore {
  private final ActorSystem system = context().system();
  private final Serialization serialization = SerializationExtension.get(system);
  private final ExecutionContext blocking =
      system.dispatchers().lookup("holdfast.journal.blocking-dispatcher");
  private final int keep = JournalSettings.from(system.settings().config()).keepSnapshots();
  private final Tables tables = Tables.of(system);
  private final VerifiedSnapshots verified = new VerifiedSnapshots(system);
  private final Heads heads = Heads.of(system);
  private final JournalGauges gauges = JournalGauges.of(system);

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    gauges.loading(1);
    return inBackground(() -> load(persistenceId, criteria));
  }

  private Optional<SelectedSnapshot> load(String persistenceId, SnapshotSelectionCriteria criteria)
      throws SQLException {
    try (Connection connection = tables.open()) {
      heads.found(persistenceId, AnchorTable.find(connection, persistenceId));
      return verified
          .newest(connection, persistenceId, criteria.maxSequenceNr(), criteria.maxTimestamp())
          .map(found -> selected(persistenceId, found));
    } finally {
      gauges.loading(-1);
    }
  }

  private static SelectedSnapshot selected(String persistenceId, VerifiedSnapshots.Verified found) {
    Tables.Snapshot snapshot = found.snapshot();
    return SelectedSnapshot.create(
        new SnapshotMetadata(persistenceId, snapshot.sequenceNumber(), snapshot.created()),
        found.state());
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object state) {
    return inBackground(() -> save(metadata, state));
  }

  private Void save(SnapshotMetadata metadata, Object state) throws Exception {
    Serializer serializer = serialization.findSerializerFor(state);
    Tables.Snapshot snapshot = new Tables.Snapshot(
        metadata.sequenceNr(),
        metadata.timestamp(),
        serializer.identifier(),
        Serializers.manifestFor(serializer, state),
        serializer.toBinary(state));
    tables.save(metadata.persistenceId(), snapshot, keep);
    return nothing();
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return delete(metadata.persistenceId(), metadata.sequenceNr(), metadata.sequenceNr());
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return delete(persistenceId, criteria.minSequenceNr(), criteria.maxSequenceNr());
  }

  private Future<Void> delete(String persistenceId, long from, long to) {
    return inBackground(() -> {
      tables.deleteSnapshots(persistenceId, from, to);
      return nothing();
    });
  }

  private <T> Future<T> inBackground(Callable<T> work) {
    return Futures.future(work, blocking);
  }

  @SuppressWarnings("NullAway") // The plugin's interface wants the one value of type Void.
  private static Void nothing() {
    return null;
  }
}
