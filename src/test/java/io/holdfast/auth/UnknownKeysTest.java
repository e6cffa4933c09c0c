package io.holdfast.auth;

import static io.holdfast.auth.Issuer.ED;
import static io.holdfast.auth.Issuer.NOW;
import static io.holdfast.auth.Issuer.RSA;
import static io.holdfast.auth.Issuer.claims;
import static io.holdfast.auth.Issuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that name a key which the key set did not have when it was fetched. */
class UnknownKeysTest {
  private static final RSAKey ROTATED = Issuer.rsa("rsa-2", 2048);

  private final MutableClock clock = new MutableClock(NOW);
  private final KeyServer server = new KeyServer();
  private final TokenVerifier tokens = new AuthSettings(
          Optional.empty(),
          Optional.of(server.url()),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(30),
          Duration.ofDays(1))
      .verifier(clock);

  UnknownKeysTest() throws IOException {}

  @AfterEach
  void stop() {
    tokens.close();
    server.close();
  }

  @Test
  void asksOnceAMinuteHoweverManyTokensNameUnknownKeys() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, claims().build()));
    List<String> flood = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      flood.add(signed(ED, "unknown-" + i, claims().build()));
    }

    flood.forEach(this::assertRefused);
    assertThat(server.requests()).isEqualTo(1);

    clock.forward(Duration.ofMinutes(1));
    flood.forEach(this::assertRefused);
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void refusesForNowWhatMayBeSignedWithAKeyThatCameSinceItLooked() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, claims().build()));
    server.serve(RSA.toPublicJWK(), ROTATED.toPublicJWK());
    clock.forward(Duration.ofSeconds(59));
    String fresh = signed(ROTATED, issued(clock.instant()));

    assertRefusedForNow(fresh);
    assertThat(server.requests()).isEqualTo(1);

    clock.forward(Duration.ofSeconds(1));
    assertThat(verify(fresh).subject()).isEqualTo("alice");
  }

  @Test
  void refusesForGoodWhatWasSignedLongBeforeItLooked() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, claims().build()));
    clock.forward(Duration.ofSeconds(1));

    assertRefused(signed(ROTATED, issued(NOW.minus(Duration.ofMinutes(1)))));
    assertRefused(signed(ROTATED, claims().issueTime(null).build()));
  }

  @Test
  void refusesForGoodWhatItLookedForInVain() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, claims().build()));
    clock.forward(Duration.ofMinutes(1));

    assertRefused(signed(ROTATED, issued(clock.instant())));
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void refusesForNowWhatItCouldNotLookFor() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, claims().build()));
    server.fail(500);
    clock.forward(Duration.ofMinutes(1));

    assertRefusedForNow(signed(ROTATED, issued(clock.instant())));
  }

  private static JWTClaimsSet issued(Instant at) {
    return claims().issueTime(Date.from(at)).build();
  }

  private Principal verify(String token) {
    return tokens.verify(Optional.of(token)).toCompletableFuture().join();
  }

  private void assertRefused(String token) {
    assertRefused(token, false);
  }

  private void assertRefusedForNow(String token) {
    assertRefused(token, true);
  }

  private void assertRefused(String token, boolean forNow) {
    assertThatThrownBy(() -> verify(token))
        .cause()
        .isInstanceOfSatisfying(
            TokenRefused.class, refused -> assertThat(refused.isForNow()).isEqualTo(forNow));
  }
}
