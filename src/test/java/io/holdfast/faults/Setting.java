package io.holdfast.faults;

/** How nodes are connected to what they need. */
enum Setting {
  /** Everything on loopback. */
  DIRECT,
  /** The same with a {@link DatabaseProxy} before the database. */
  PROXIED,
  /** Each node in a network namespace of its own: Linux, and root. */
  APART,
  /** Each node with a {@link WallClock} of its own. */
  CLOCKS,
  /** The database on a small disk of its own: Linux, and root. */
  SMALL_DISK
}
