package io.holdfast.checker;

import io.holdfast.document.Json;
import java.util.Optional;

/** P1 and P6 for one served document: it stands in the journal, and is what the journal gives. */
final class ServedCheck {
  private ServedCheck() {}

  static Optional<Finding> document(
      Ledger ledger, String entity, long epoch, long version, Json doc, Object proof) {
    if (version > ledger.highest()) {
      return Optional.of(unstored(ledger, entity, proof));
    }
    Optional<Json> expected = ledger.document(version);
    if (expected.isPresent() && !expected.get().equals(doc)) {
      return Optional.of(Finding.of(
          Breach.NOT_THE_JOURNALS, entity, proof, "journal at that version: " + expected.get()));
    }
    return epoch(ledger, entity, epoch, version, proof);
  }

  static Optional<Finding> epoch(
      Ledger ledger, String entity, long epoch, long version, Object proof) {
    if (ledger.document(version).isEmpty() || ledger.epoch(version) == epoch) {
      return Optional.empty();
    }
    return Optional.of(Finding.of(
        Breach.NOT_THE_JOURNALS, entity, proof, "journal's epoch: " + ledger.epoch(version)));
  }

  static Finding unstored(Ledger ledger, String entity, Object proof) {
    return Finding.of(
        Breach.SEEN_BUT_NOT_STORED, entity, proof, "journal: ends at " + ledger.highest());
  }
}
