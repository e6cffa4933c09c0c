package io.holdfast.replica;

import io.holdfast.entity.Proposal;
import io.holdfast.entity.Verdict;
import java.util.function.Consumer;

/** A command that waits for its verdict, which {@code settle} gets; {@code since} is in nanoseconds of this node's clock. */
public record Pending(Proposal proposal, Consumer<Verdict> settle, long since) {}
