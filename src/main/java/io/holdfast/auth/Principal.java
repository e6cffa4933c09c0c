package io.holdfast.auth;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who is asking: a verified subject with its roles. */
public record Principal(
    String subject, Set<String> roles, Optional<Instant> issuedAt, Optional<Instant> expiresAt) {
  private static final String ANONYMOUS = "anonymous";

  public Principal {
    if (subject.isEmpty()) {
      throw new IllegalArgumentException("subject: empty (expected: a name)");
    }
    roles = Set.copyOf(roles);
  }

  /** Whoever came without a token. */
  public static Principal anonymous() {
    return new Principal(ANONYMOUS, Set.of(), Optional.empty(), Optional.empty());
  }

  public boolean isAnonymous() {
    return subject.equals(ANONYMOUS);
  }

  /** The same principal with the standing's roles added to the token's. */
  public Principal in(Standing standing) {
    if (roles.containsAll(standing.roles())) {
      return this;
    }
    Set<String> all = new HashSet<>(roles);
    all.addAll(standing.roles());
    return new Principal(subject, all, issuedAt, expiresAt);
  }
}
