package io.holdfast.entity;

import java.io.NotSerializableException;
import java.util.Optional;

/** Tells damaged data from a database that does not answer, and finds the damage that single events do not show. */
final class Damage {
  private Damage() {}

  /** What is damaged, if that is why a recovery failed; anything else may pass. */
  static Optional<String> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChainBroken || cause instanceof NotSerializableException) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
      if (cause instanceof ClassCastException) {
        return Optional.of("event: of another type: " + cause.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Throws unless the last event that was replayed is the journal's last: one may be marked as deleted. */
  static void refuseEnd(State state, long highest) {
    if (highest != state.version()) {
      throw new ChainBroken("%s: journal reaches %d (expected: %d, as its events say)"
          .formatted(state.chain().entity(), highest, state.version()));
    }
  }

  /** Throws if the journal is behind its anchor, or another one: its tail was lost. */
  static void refuseHead(State state, Optional<Custody.Anchor> known) {
    if (known.isEmpty() || known.get().version() < state.version()) {
      return;
    }
    Custody.Anchor anchor = known.get();
    if (anchor.version() > state.version()) {
      throw new ChainBroken("%s: journal ends at %d (expected: ≥ %d, as its anchor says)"
          .formatted(state.chain().entity(), state.version(), anchor.version()));
    }
    if (!anchor.hash().equals(state.chain().head())) {
      throw new ChainBroken("%s: hash of event %d: %s (expected: %s, as its anchor says)"
          .formatted(state.chain().entity(), state.version(), state.chain().head(), anchor.hash()));
    }
  }
}
