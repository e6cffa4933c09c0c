package io.holdfast.journal;

/**
 * An entity that cannot be rebuilt from verified data.
 *
 * @param at when that was found, milliseconds since 1970
 * @param version its events are good at least up to this one
 */
public record Quarantined(String entity, long at, long version, String reason) {}
