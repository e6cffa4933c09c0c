package io.holdfast.journal;

/** How far an entity's events reach: the newest one's number and its hash in the chain. */
@SuppressWarnings("ArrayRecordComponent")
public record Head(long sequenceNumber, byte[] hash) {
  static Head newer(Head one, Head other) {
    return other.sequenceNumber > one.sequenceNumber ? other : one;
  }
}
