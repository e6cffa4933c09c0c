package io.holdfast.auth;

import java.util.Locale;

/** What a principal can be allowed to do with an entity. */
public enum Right {
  READ,
  CREATE,
  WRITE,
  PRESENT,
  DELETE,
  HISTORY;

  /** The member of a kind's {@code access} that holds this right's rules. */
  String member() {
    return name().toLowerCase(Locale.ROOT);
  }
}
