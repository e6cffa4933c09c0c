package io.holdfast.checker;

/**
 * A command's outcome arriving at its client.
 *
 * @param at as in {@link Sent}
 * @param version where it was accepted, or what it was judged at
 * @param code why it was refused; empty if it was not
 */
public record Receipt(long at, CommandId command, boolean accepted, long version, String code) {
  @Override
  public String toString() {
    String what = accepted ? "accepted@%d".formatted(version) : "refused(%s)".formatted(code);
    return "%s: %s at %d ns".formatted(command, what, at);
  }
}
