package io.holdfast.entity;

import io.holdfast.auth.Principal;
import io.holdfast.document.Patch;
import io.holdfast.protocol.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A command on its way to the entity.
 *
 * @param seq its number among that client's commands for this entity; 0 for a command that will never be repeated
 * @param after the earlier seq that must be decided before
 * @param ifVersion the version it wants to be judged at, if it minds
 * @param at milliseconds since 1970 at the node that took it
 * @param unfit why it can only be refused (its ops are no patch); it still takes its place in the client's order
 */
public record Proposal(
    String client,
    long seq,
    long after,
    OptionalLong ifVersion,
    Principal principal,
    long at,
    Patch patch,
    Optional<Refusal> unfit) {
  private static final Patch NOTHING = new Patch(List.of());

  public static Proposal of(
      String client,
      long seq,
      long after,
      OptionalLong ifVersion,
      Principal who,
      long at,
      Patch patch) {
    return new Proposal(client, seq, after, ifVersion, who, at, patch, Optional.empty());
  }

  /** A command whose refusal is certain before it is judged. */
  public static Proposal unfit(
      String client, long seq, long after, Principal who, long at, Refusal why) {
    return new Proposal(
        client, seq, after, OptionalLong.empty(), who, at, NOTHING, Optional.of(why));
  }
}
