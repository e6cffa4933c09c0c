package io.holdfast.protocol;

import java.util.Optional;

/** The name of one document, {@code kind/id}. */
public record EntityId(String kind, String id) {
  private static final int MAX_KIND = 32;
  private static final int MAX_ID = 120;

  public EntityId {
    if (!isKind(kind) || !isId(id)) {
      throw new IllegalArgumentException("entity: not a name (expected: kind/id)");
    }
  }

  /** The entity that {@code text} names, or empty if it is no name. */
  public static Optional<EntityId> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    return of(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The entity of that kind and id, or empty if one of them is not allowed. */
  public static Optional<EntityId> of(String kind, String id) {
    return isKind(kind) && isId(id) ? Optional.of(new EntityId(kind, id)) : Optional.empty();
  }

  private static boolean isKind(String text) {
    if (text.isEmpty() || text.length() > MAX_KIND || !isLower(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> isLower((char) c) || isDigit((char) c) || c == '-');
  }

  private static boolean isId(String text) {
    if (text.isEmpty() || text.length() > MAX_ID) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isIdCharacter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdCharacter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z') || isDigit(c) || "._~:-".indexOf(c) >= 0;
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toString() {
    return kind + '/' + id;
  }
}
