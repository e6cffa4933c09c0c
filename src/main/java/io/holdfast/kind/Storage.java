package io.holdfast.kind;

/** Where a kind's entities live. */
public enum Storage {
  /** Journalled: survives every restart. */
  DURABLE,
  /** In memory only: gone with the last node that holds it. */
  EPHEMERAL,
  /** Fetched from an HTTP origin and cached for the whole cluster. */
  SOURCE
}
