package io.holdfast.checker;

/** A command's name. */
public record CommandId(String client, String entity, long seq) {
  @Override
  public String toString() {
    return "%s's %d to %s".formatted(client, seq, entity);
  }
}
