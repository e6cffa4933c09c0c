package io.holdfast.protocol;

/**
 * Who made a change and when.
 *
 * @param client who sent the command; "http" for calls without an Idempotency-Key
 * @param seq the command's number among that client's; 0 where it has none
 * @param by subject
 * @param at milliseconds since 1970, server's clock
 */
public record ChangeMeta(long version, String client, long seq, String by, long at) {}
