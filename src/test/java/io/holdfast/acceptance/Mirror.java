package io.holdfast.acceptance;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import io.holdfast.document.Pointer;

/**
 * A client's copy of one entity, kept by nothing but the frames. Fails on any hole: a change must start where the copy is, and
 * name each version in between once and in order.
 */
final class Mirror {
  private final String entity;
  private Json document = JsonNull.NULL;
  private long epoch;
  private long version = -1;

  /** From the first {@code state}. */
  Mirror(ServerFrame state) {
    this(state.text("entity"));
    take(state);
  }

  /** With nothing yet. */
  Mirror(String entity) {
    this.entity = entity;
  }

  /** Takes one frame; those of other entities and sorts change nothing. */
  Mirror take(ServerFrame frame) {
    if (frame.is("state", entity)) {
      document = frame.at("/doc");
      epoch = frame.number("epoch");
      version = frame.number("version");
    } else if (frame.is("changed", entity)) {
      advance(frame);
    } else if (frame.is("current", entity) && frame.number("version") != version) {
      throw new AssertionError("current at another version than %d: %s".formatted(version, frame));
    }
    return this;
  }

  private void advance(ServerFrame changed) {
    if (changed.number("from") != version) {
      throw new AssertionError("a hole: at %d, then %s".formatted(version, changed));
    }
    try {
      document = Patch.parse(changed.at("/ops")).applyTo(document);
    } catch (PatchRefused refused) {
      throw new AssertionError(
          "ops do not fit version %d: %s".formatted(version, changed), refused);
    }
    checkOrder(changed);
    version = changed.number("version");
  }

  private void checkOrder(ServerFrame changed) {
    long last = 0;
    for (ServerFrame change : changed.changes()) {
      long next = change.number("version");
      if (next > changed.number("version") || next <= version || (last > 0 && next != last + 1)) {
        throw new AssertionError("changes out of order after %d: %s".formatted(version, changed));
      }
      last = next;
    }
  }

  /** Takes what {@code client} hears until this copy is at that version. */
  Mirror follow(WireClient client, long upTo) {
    while (version < upTo) {
      take(client.await(frame -> frame.is("changed", entity) || frame.is("state", entity)));
    }
    return this;
  }

  Json document() {
    return document;
  }

  long epoch() {
    return epoch;
  }

  long version() {
    return version;
  }

  /** What {@code pointer} leads to, null if nowhere. */
  Json at(String pointer) {
    try {
      return Pointer.parse(pointer).in(document).orElse(JsonNull.NULL);
    } catch (PatchRefused refused) {
      throw new AssertionError(pointer, refused);
    }
  }
}
