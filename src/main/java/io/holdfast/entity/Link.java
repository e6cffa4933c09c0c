package io.holdfast.entity;

/** An event's place in its entity's chain. */
public record Link(long sequenceNumber, long epoch, Hash previous, Hash hash) {}
