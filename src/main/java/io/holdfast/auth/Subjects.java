package io.holdfast.auth;

import java.util.Set;

/** What a subject and a role may be called. */
final class Subjects {
  private static final int MOST_ROLES = 256;
  private static final int LONGEST = 256;

  private Subjects() {}

  static String subject(String text) throws TokenRefused {
    if (!isName(text)) {
      throw new TokenRefused(
          "subject: %d characters (expected: 1 … %d, none of them a control character)"
              .formatted(text.length(), LONGEST));
    }
    return text;
  }

  static Set<String> roles(Set<String> roles) throws TokenRefused {
    if (roles.size() > MOST_ROLES) {
      throw new TokenRefused(
          "roles: %d (expected: at most %d)".formatted(roles.size(), MOST_ROLES));
    }
    for (String role : roles) {
      if (!isName(role)) {
        throw new TokenRefused(
            "role: %d characters (expected: 1 … %d, none of them a control character)"
                .formatted(role.length(), LONGEST));
      }
    }
    return roles;
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.codePoints()
            .noneMatch(point -> Character.isISOControl(point) || isLoneSurrogate(point));
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
