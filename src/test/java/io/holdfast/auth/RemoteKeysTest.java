package io.holdfast.auth;

import static io.holdfast.auth.Issuer.EC;
import static io.holdfast.auth.Issuer.ED;
import static io.holdfast.auth.Issuer.NOW;
import static io.holdfast.auth.Issuer.RSA;
import static io.holdfast.auth.Issuer.claims;
import static io.holdfast.auth.Issuer.publicJwk;
import static io.holdfast.auth.Issuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteKeysTest {
  private static final RSAKey ROTATED = Issuer.rsa("rsa-2", 2048);
  private static final Duration LONG = Duration.ofDays(2);

  private final MutableClock clock = new MutableClock(NOW);
  private final KeyServer server = new KeyServer();
  private final TokenVerifier tokens = new AuthSettings(
          Optional.empty(),
          Optional.of(server.url()),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(30),
          LONG)
      .verifier(clock);

  RemoteKeysTest() throws IOException {}

  @AfterEach
  void stop() {
    tokens.close();
    server.close();
  }

  @Test
  void verifiesAllThreeAlgorithmsWithOneFetch() {
    server.serve(RSA.toPublicJWK(), EC.toPublicJWK(), publicJwk(ED, "ed-1"));

    assertThat(verify(signed(RSA, good())).subject()).isEqualTo("alice");
    assertThat(verify(signed(EC, good())).subject()).isEqualTo("alice");
    assertThat(verify(signed(ED, "ed-1", good())).subject()).isEqualTo("alice");
    assertThat(server.requests()).isEqualTo(1);
    assertThat(tokens.mode()).isEqualTo("jwks");
  }

  @Test
  void findsTheKeyOfATokenThatNamesNone() throws JOSEException {
    server.serve(ROTATED.toPublicJWK(), RSA.toPublicJWK(), EC.toPublicJWK());

    assertThat(
            verify(signed(JWSAlgorithm.ES256, "", new ECDSASigner(EC), good())).subject())
        .isEqualTo("alice");
  }

  @Test
  void refusesForgeries() throws JOSEException {
    RSAKey impostor = Issuer.rsa("rsa-1", 2048);
    server.serve(
        RSA.toPublicJWK(),
        publicJwk(ED, "ed-1"),
        new OctetSequenceKey.Builder(Issuer.SECRET).keyID("oct").build());
    verify(signed(RSA, good()));

    assertRefused(signed(impostor, good()));
    assertRefused(signed(
        JWSAlgorithm.HS256, "rsa-1", Issuer.signer(RSA.toRSAPublicKey().getEncoded()), good()));
    assertRefused(signed(JWSAlgorithm.HS256, "oct", Issuer.signer(Issuer.SECRET), good()));
    assertRefused(signed(JWSAlgorithm.RS512, "rsa-1", new RSASSASigner(RSA), good()));
    assertRefused(signed(ED, "rsa-1", good()));
    assertRefused(signed(ED, "ed-1", good()).replaceAll("[^.]+$", "AAAA"));
    assertRefused(
        signed(RSA, claims().expirationTime(Date.from(NOW.minusSeconds(31))).build()));
  }

  @Test
  void refusesKeysThatAreTooWeak() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair weak = generator.generateKeyPair();
    server.serve(
        new RSAKey.Builder((RSAPublicKey) weak.getPublic()).keyID("weak").build());

    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build();
    assertRefused(signed(header, "SHA256withRSA", weak.getPrivate(), good()));
  }

  @Test
  void refusesKeysOfAnotherCurve() throws JOSEException {
    ECKey otherCurve = Issuer.ec("p384", Curve.P_384);
    server.serve(otherCurve.toPublicJWK());

    assertRefused(signed(JWSAlgorithm.ES384, "p384", new ECDSASigner(otherCurve), good()));
  }

  @Test
  void takesARotatedKeyAsSoonAsATokenNamesIt() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, good()));

    server.serve(ROTATED.toPublicJWK());
    clock.forward(Duration.ofMinutes(1));

    assertThat(verify(signed(ROTATED, good())).subject()).isEqualTo("alice");
    assertRefused(signed(RSA, good()));
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void asksOnceAMinuteHoweverManyTokensNameUnknownKeys() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, good()));
    List<String> flood = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      flood.add(signed(ED, "unknown-" + i, good()));
    }

    flood.forEach(this::assertRefused);
    assertThat(server.requests()).isEqualTo(1);

    clock.forward(Duration.ofMinutes(1));
    flood.forEach(this::assertRefused);
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void fetchesOnceForAllThatWait() {
    CountDownLatch gate = new CountDownLatch(1);
    server.serve(RSA.toPublicJWK());
    server.hold(gate);

    List<CompletableFuture<Principal>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(tokens.verify(Optional.of(signed(ED, "x", good()))).toCompletableFuture());
      waiting.add(tokens.verify(Optional.of(signed(RSA, good()))).toCompletableFuture());
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    gate.countDown();

    assertThat(waiting.get(1).join().subject()).isEqualTo("alice");
    assertThatThrownBy(() -> waiting.get(98).join()).hasCauseInstanceOf(TokenRefused.class);
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void looksAgainAfterTenMinutesWithoutMakingAnyoneWait() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, good()));
    server.serve(ROTATED.toPublicJWK());
    clock.forward(Duration.ofMinutes(10));

    assertThat(verify(signed(RSA, good())).subject()).isEqualTo("alice");

    await().untilAsserted(() -> assertRefused(signed(RSA, good())));
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void keepsItsKeysThroughAnOutageOfADay() {
    server.serve(RSA.toPublicJWK());
    verify(signed(RSA, good()));
    server.fail(500);

    clock.forward(Duration.ofHours(23));
    assertThat(verify(signed(RSA, good())).subject()).isEqualTo("alice");
    await().until(() -> server.requests() == 2);

    clock.forward(Duration.ofHours(2));
    assertThatThrownBy(() -> verify(signed(RSA, good())))
        .cause()
        .isInstanceOfSatisfying(
            TokenRefused.class, refused -> assertThat(refused.isForNow()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "{}", "[]", "{\"keys\":7}", "{\"keys\":[{\"kty\":\"RSA\"}]}", ""})
  void refusesForNowWhileTheServerTalksNonsenseAndRecovers(String nonsense) {
    server.text(nonsense);
    assertRefusedForNow();

    server.serve(RSA.toPublicJWK());
    clock.forward(Duration.ofSeconds(5));
    assertThat(verify(signed(RSA, good())).subject()).isEqualTo("alice");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 503})
  void takesNoKeysFromOtherAnswersThan200(int status) {
    server.serve(RSA.toPublicJWK());
    server.fail(status);

    assertRefusedForNow();
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void takesNoKeySetOfAnySize() {
    server.text("{\"keys\":[],\"padding\":\"" + "x".repeat(300_000) + "\"}");

    assertRefusedForNow();
  }

  @Test
  void refusesForNowWhileNobodyAnswers() {
    server.close();

    assertRefusedForNow();
  }

  private void assertRefusedForNow() {
    assertThatThrownBy(() -> verify(signed(RSA, good())))
        .cause()
        .isInstanceOfSatisfying(
            TokenRefused.class, refused -> assertThat(refused.isForNow()).isTrue());
  }

  private void assertRefused(String token) {
    assertThatThrownBy(() -> verify(token))
        .cause()
        .isInstanceOfSatisfying(
            TokenRefused.class, refused -> assertThat(refused.isForNow()).isFalse());
  }

  private Principal verify(String token) {
    return tokens.verify(Optional.of(token)).toCompletableFuture().join();
  }

  private static JWTClaimsSet good() {
    return claims().expirationTime(Date.from(NOW.plus(Duration.ofHours(47)))).build();
  }
}
