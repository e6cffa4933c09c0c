package io.holdfast.journal;

import java.util.Optional;

/**
 * A stored snapshot with what can tell whether it is good.
 *
 * @param event what the journal holds under the same number
 * @param journalEnd the journal's highest number of that entity; 0 without any
 */
record Candidate(Tables.Snapshot snapshot, Optional<Stored> event, long journalEnd) {

  /** An object in its serialized form. */
  @SuppressWarnings("ArrayRecordComponent")
  record Stored(int serializer, String manifest, byte[] payload) {}

  Stored state() {
    return new Stored(snapshot.serializer(), snapshot.manifest(), snapshot.payload());
  }
}
