package io.holdfast.auth;

import static io.holdfast.auth.Given.json;
import static io.holdfast.auth.Given.principal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void hasTheRolesOfItsTokenAndOfItsStanding() {
    Principal alice =
        principal("alice", "editor").in(Standing.of(json("{'roles':['admin','editor',7]}")));

    assertThat(alice.roles()).containsExactlyInAnyOrder("editor", "admin");
    assertThat(alice.subject()).isEqualTo("alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "7", "{}", "{'roles':null,'revokedBefore':null}", "{'roles':'admin'}"
      })
  void standsUnchangedWhereTheDocumentSaysNothing(String document) {
    Standing standing = Standing.of(json(document));

    assertThat(standing).isEqualTo(Standing.none());
    assertThat(standing.revokes(principal("alice"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T11:59:59Z, true",
    "2026-01-31T12:00:00Z, false",
    "2026-01-31T12:00:01Z, false",
    "2026-01-31T13:30:00+02:00, true",
    "'', true",
  })
  void isRevokedIfItsTokenIsOlderThanTheStandingAllows(String issuedAt, boolean revoked) {
    Optional<Instant> issued = issuedAt.isEmpty()
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(issuedAt).toInstant());
    Principal alice = new Principal("alice", Set.of(), issued, Optional.empty());

    assertThat(Standing.of(json("{'revokedBefore':'2026-01-31T12:00:00Z'}")).revokes(alice))
        .isEqualTo(revoked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'revokedBefore':'yesterday'}",
        "{'revokedBefore':1769860800}",
        "{'revokedBefore':'2026-13-01T00:00:00Z'}"
      })
  void isRevokedIfTheTimeCannotBeRead(String document) {
    Principal alice = new Principal("alice", Set.of(), Optional.of(NOON), Optional.empty());

    assertThat(Standing.of(json(document)).revokes(alice)).isTrue();
  }

  @Test
  void isAnonymousWithoutAToken() {
    assertThat(Principal.anonymous().isAnonymous()).isTrue();
    assertThat(Principal.anonymous().roles()).isEmpty();
    assertThat(principal("alice").isAnonymous()).isFalse();
  }
}
