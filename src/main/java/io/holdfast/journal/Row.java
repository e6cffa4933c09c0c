package io.holdfast.journal;

/** One event as the journal's table holds it. */
@SuppressWarnings("ArrayRecordComponent")
record Row(
    String persistenceId,
    long sequenceNumber,
    String writer,
    long timestamp,
    int serializer,
    String manifest,
    byte[] payload) {}
