package io.holdfast.checker;

import io.holdfast.document.Json;

/** A row of the journal and what it says. */
@SuppressWarnings("ArrayRecordComponent")
record Entry(
    JournalRow row,
    StoredForm.Link link,
    byte[] body,
    String client,
    long seq,
    String by,
    long at,
    Json ops) {
  long version() {
    return row.sequenceNumber();
  }

  CommandId command() {
    return new CommandId(client, row.entity(), seq);
  }

  @Override
  public String toString() {
    return "%s: %s, ops %s".formatted(row, command(), ops);
  }
}
