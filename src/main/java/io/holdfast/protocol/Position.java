package io.holdfast.protocol;

import java.util.Optional;

/**
 * A place in an entity's history.
 *
 * @param epoch which history; 0 while the entity does not exist
 * @param version how many changes it has seen
 */
public record Position(long epoch, long version) {
  public static final Position NONE = new Position(0, 0);

  /** Reads {@code EPOCH.VERSION}, as ETags and event ids write it. */
  public static Optional<Position> parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || !digits(text, 0, dot) || !digits(text, dot + 1, text.length())) {
      return Optional.empty();
    }
    return Optional.of(new Position(
        Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1))));
  }

  private static boolean digits(String text, int from, int to) {
    return from < to
        && to - from <= 16
        && text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return epoch + "." + version;
  }
}
