package io.holdfast.checker;

/**
 * One sight of one observer; those of a connection stand in the history in their order.
 *
 * @param at as in {@link Sent}
 * @param connection unique in the history
 */
public record Seen(long at, String connection, String entity, Sight sight) {
  @Override
  public String toString() {
    return "%s on %s at %d ns: %s".formatted(entity, connection, at, sight);
  }
}
