package io.holdfast.entity;

/** Stored events that cannot be what was written: damage, never to be served. */
public final class ChainBroken extends RuntimeException {
  private static final long serialVersionUID = 1;

  ChainBroken(String message) {
    super(message);
  }
}
