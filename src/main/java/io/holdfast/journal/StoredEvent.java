package io.holdfast.journal;

/** One event as it was written; {@code payload} is what the serializer of {@code manifest} made of it. */
@SuppressWarnings("ArrayRecordComponent")
public record StoredEvent(long sequenceNumber, String manifest, byte[] payload) {}
