package io.holdfast.checker;

import io.holdfast.document.Json;

/**
 * A command leaving its client, for the first time or again.
 *
 * @param at nanoseconds of one monotonic clock for the whole history
 * @param ifVersion the version it asks for; {@link #ANY} if none
 */
public record Sent(long at, CommandId command, long after, long ifVersion, Json ops) {
  public static final long ANY = -1;
}
