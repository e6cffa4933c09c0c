package io.holdfast.replica;

import io.holdfast.entity.Verdict;

/** The verdict on one of an observer's commands. */
public record Settled(long seq, Verdict verdict) {}
