package io.holdfast.journal;

import akka.actor.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import io.holdfast.protocol.Chained;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.util.Try;

/**
 * Finds the newest snapshot that fits its entity's journal, walking from newest to oldest. One that cannot be what was written is
 * set aside; one whose journal is in doubt is passed over. Every method blocks.
 */
final class VerifiedSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(VerifiedSnapshots.class);

  private final Tables tables;
  private final Serialization serialization;
  private final JournalGauges gauges;

  VerifiedSnapshots(ActorSystem system) {
    this.tables = Tables.of(system);
    this.serialization = SerializationExtension.get(system);
    this.gauges = JournalGauges.of(system);
  }

  /** A snapshot that is good, and the state in it. */
  record Verified(Tables.Snapshot snapshot, Object state) {}

  /** Why a snapshot is not used; {@code isItsFault} if nothing else can be wrong. */
  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean isItsFault;

    Unfit(boolean isItsFault, String message) {
      super(message, null, false, false);
      this.isItsFault = isItsFault;
    }
  }

  /** The newest good one at or before that number and time. */
  Optional<Verified> newest(
      Connection connection, String persistenceId, long maxSequenceNumber, long maxCreated)
      throws SQLException {
    long atMost = maxSequenceNumber;
    while (true) {
      Optional<Candidate> candidate =
          Tables.newestSnapshot(connection, persistenceId, atMost, maxCreated);
      if (candidate.isEmpty()) {
        return Optional.empty();
      }
      Tables.Snapshot snapshot = candidate.get().snapshot();
      try {
        return Optional.of(new Verified(snapshot, verified(candidate.get())));
      } catch (Unfit unfit) {
        pass(connection, persistenceId, snapshot.sequenceNumber(), unfit);
        atMost = snapshot.sequenceNumber() - 1;
      }
    }
  }

  private Object verified(Candidate candidate) throws Unfit {
    long number = candidate.snapshot().sequenceNumber();
    Chained state = chained(candidate.state())
        .orElseThrow(() -> new Unfit(true, "does not read back (expected: what was written)"));
    if (state.version() != number) {
      throw new Unfit(true, "version: %d (expected: %d)".formatted(state.version(), number));
    }
    if (candidate.journalEnd() < number) {
      throw new Unfit(
          true, "journal: ends at %d (expected: ≥ %d)".formatted(candidate.journalEnd(), number));
    }
    Chained event = candidate
        .event()
        .flatMap(this::chained)
        .filter(stored -> stored.version() == number)
        .orElseThrow(() -> new Unfit(false, "event %d: not there".formatted(number)));
    if (!Arrays.equals(event.chainHash(), state.chainHash())) {
      throw new Unfit(true, "chain hash: another (expected: that of event %d)".formatted(number));
    }
    return state;
  }

  private Optional<Chained> chained(Candidate.Stored stored) {
    Try<Object> read =
        serialization.deserialize(stored.payload(), stored.serializer(), stored.manifest());
    return read.isSuccess() && read.get() instanceof Chained chained
        ? Optional.of(chained)
        : Optional.empty();
  }

  private void pass(Connection connection, String persistenceId, long number, Unfit why)
      throws SQLException {
    if (!why.isItsFault) {
      LOG.warn("{}: snapshot {} passed over: {}", persistenceId, number, why.getMessage());
      return;
    }
    LOG.error("{}: snapshot {} set aside: {}", persistenceId, number, why.getMessage());
    tables.setAside(connection, persistenceId, number, String.valueOf(why.getMessage()));
    gauges.snapshotSetAside();
  }
}
