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
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;

/**
 * Stores the newest few snapshots of each entity and loads the newest good one: one that does not read back is passed over for
 * the one before, and in the end for the whole journal.
 */
public final class VerifiedSnapshotStore extends SnapshotStore {
  private static final Logger LOG = LoggerFactory.getLogger(VerifiedSnapshotStore.class);

  private final ActorSystem system = context().system();
  private final Serialization serialization = SerializationExtension.get(system);
  private final ExecutionContext blocking =
      system.dispatchers().lookup("holdfast.journal.blocking-dispatcher");
  private final int keep = JournalSettings.from(system.settings().config()).keepSnapshots();
  private final Tables tables = Tables.of(system);

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return inBackground(() -> tables.firstSnapshot(
        persistenceId,
        criteria.maxSequenceNr(),
        criteria.maxTimestamp(),
        snapshot -> selected(persistenceId, snapshot)));
  }

  private Optional<SelectedSnapshot> selected(String persistenceId, Tables.Snapshot snapshot) {
    try {
      Object state = serialization
          .deserialize(snapshot.payload(), snapshot.serializer(), snapshot.manifest())
          .get();
      SnapshotMetadata metadata =
          new SnapshotMetadata(persistenceId, snapshot.sequenceNumber(), snapshot.created());
      return Optional.of(SelectedSnapshot.create(metadata, state));
    } catch (RuntimeException damaged) {
      LOG.error(
          "{}: snapshot {} does not read back, using an older one: {}",
          persistenceId,
          snapshot.sequenceNumber(),
          damaged.getMessage());
      return Optional.empty();
    }
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
