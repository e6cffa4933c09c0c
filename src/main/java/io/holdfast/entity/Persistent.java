package io.holdfast.entity;

/** What {@link HoldfastSerializer} writes and reads. */
public interface Persistent {}
