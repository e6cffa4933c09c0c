package io.holdfast.auth;

import io.holdfast.document.Json;
import io.holdfast.document.PatchRefused;
import java.util.regex.Pattern;

/** One way to have a right. */
sealed interface Rule {
  String EXPECTED = "anyone | authenticated | owner | role:NAME | state:/POINTER";

  /** Whether the rule gives the right to {@code who} on entity {@code id}, whose document is {@code state}. */
  boolean gives(Principal who, String id, Json state);

  /** Everybody, with or without a token. */
  record Anyone() implements Rule {
    @Override
    public boolean gives(Principal who, String id, Json state) {
      return true;
    }
  }

  /** Everybody who came with a token. */
  record Authenticated() implements Rule {
    @Override
    public boolean gives(Principal who, String id, Json state) {
      return !who.isAnonymous();
    }
  }

  /** The subject the entity's id names, in full or before its first colon. */
  record Owner() implements Rule {
    @Override
    public boolean gives(Principal who, String id, Json state) {
      int colon = id.indexOf(':');
      String owner = colon < 0 ? id : id.substring(0, colon);
      return !who.isAnonymous() && (who.subject().equals(id) || who.subject().equals(owner));
    }
  }

  /** Whoever has the role. */
  record Role(String name) implements Rule {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

    @Override
    public boolean gives(Principal who, String id, Json state) {
      return who.roles().contains(name);
    }
  }

  /** Whoever the document itself names. */
  record State(StatePath path) implements Rule {
    @Override
    public boolean gives(Principal who, String id, Json state) {
      return path.isTruthy(state, who);
    }
  }

  /** Reads a rule; the refusal's pointer is the caller's. */
  static Rule parse(String text, String pointer) throws AccessRefused {
    return switch (text) {
      case "anyone" -> new Anyone();
      case "authenticated" -> new Authenticated();
      case "owner" -> new Owner();
      default -> parameterized(text, pointer);
    };
  }

  private static Rule parameterized(String text, String pointer) throws AccessRefused {
    if (text.startsWith("role:") && Role.NAME.matcher(text.substring(5)).matches()) {
      return new Role(text.substring(5));
    }
    if (text.startsWith("state:/")) {
      try {
        return new State(StatePath.parse(text.substring(6)));
      } catch (PatchRefused notAPointer) {
        throw refused(text, pointer);
      }
    }
    throw refused(text, pointer);
  }

  private static AccessRefused refused(String text, String pointer) {
    return new AccessRefused(pointer, "rule: \"%s\" (expected: %s)".formatted(text, EXPECTED));
  }
}
