package io.holdfast.checker;

import io.holdfast.document.Json;

/**
 * A document that a call got.
 *
 * @param invoked when it was asked for, as in {@link Sent}
 * @param returned when the answer was there
 * @param atLeast the version it asked for; 0 if any would do
 * @param strong whether it asked for the newest that anybody had been told of
 */
public record Read(
    long invoked,
    long returned,
    String entity,
    long epoch,
    long version,
    Json doc,
    long atLeast,
    boolean strong) {}
