package io.holdfast.protocol;

/** Something stored that knows its place in its entity's hash chain: an event, or a snapshot after one. */
public interface Chained {
  /** The number of the event it is, or was taken after. */
  long version();

  /** The chain's hash with that event; a copy. */
  byte[] chainHash();
}
