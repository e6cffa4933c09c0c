package io.holdfast.protocol;

import java.util.Arrays;
import java.util.Optional;

/** Why something was refused: one closed list, shared by frames and HTTP. */
public enum ErrorCode {
  BAD_FRAME,
  UNKNOWN_FRAME,
  TOO_LARGE,
  TOO_DEEP,
  UNAUTHENTICATED,
  FORBIDDEN,
  UNKNOWN_KIND,
  BAD_ENTITY,
  BAD_PATCH,
  NO_SUCH_PATH,
  TEST_FAILED,
  VERSION_MISMATCH,
  INVALID,
  LIMIT,
  GAP,
  EXPIRED_CLIENT,
  OVERLOADED,
  QUARANTINED,
  UNAVAILABLE,
  INTERNAL;

  private final String wire = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');

  /** The name on the wire, such as {@code no-such-path}. */
  public String wire() {
    return wire;
  }

  /** The code with that name on the wire. */
  public static Optional<ErrorCode> ofWire(String name) {
    return Arrays.stream(values()).filter(code -> code.wire.equals(name)).findFirst();
  }
}
