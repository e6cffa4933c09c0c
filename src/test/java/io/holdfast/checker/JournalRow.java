package io.holdfast.checker;

/** A row of the table of events as it stands. */
@SuppressWarnings("ArrayRecordComponent")
public record JournalRow(
    String entity, long sequenceNumber, boolean deleted, String writer, byte[] payload) {
  @Override
  public String toString() {
    return "row %s %d, writer %s, %d bytes%s"
        .formatted(entity, sequenceNumber, writer, payload.length, deleted ? ", deleted" : "");
  }
}
