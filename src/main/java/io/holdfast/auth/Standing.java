package io.holdfast.auth;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a subject's {@code auth/{sub}} document says of it.
 *
 * @param roles roles beside the token's
 * @param revokedBefore tokens issued before this instant no longer count
 */
public record Standing(Set<String> roles, Optional<Instant> revokedBefore) {
  private static final Standing NONE = new Standing(Set.of(), Optional.empty());

  public Standing {
    roles = Set.copyOf(roles);
  }

  /** No roles, nothing revoked. */
  public static Standing none() {
    return NONE;
  }

  /** Reads the document; a missing one says nothing, an unreadable {@code revokedBefore} revokes everything. */
  public static Standing of(Json document) {
    if (!(document instanceof JsonObject object)) {
      return NONE;
    }
    return new Standing(rolesIn(object), object.member("revokedBefore").flatMap(Standing::instant));
  }

  /** Whether the principal's token is one of those taken back; a token that does not say when it was issued is. */
  public boolean revokes(Principal principal) {
    return revokedBefore
        .map(limit -> principal.issuedAt().map(issued -> issued.isBefore(limit)).orElse(true))
        .orElse(false);
  }

  private static Set<String> rolesIn(JsonObject object) {
    Set<String> roles = new HashSet<>();
    if (object.member("roles").orElse(JsonNull.NULL) instanceof JsonArray listed) {
      for (Json role : listed) {
        if (role instanceof JsonString name) {
          roles.add(name.value());
        }
      }
    }
    return roles;
  }

  private static Optional<Instant> instant(Json value) {
    if (value == JsonNull.NULL) {
      return Optional.empty();
    }
    if (!(value instanceof JsonString text)) {
      return Optional.of(Instant.MAX);
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.value()).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.of(Instant.MAX);
    }
  }
}
