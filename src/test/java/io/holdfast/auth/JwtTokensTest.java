package io.holdfast.auth;

import static io.holdfast.auth.Issuer.NOW;
import static io.holdfast.auth.Issuer.SECRET;
import static io.holdfast.auth.Issuer.claims;
import static io.holdfast.auth.Issuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JwtTokensTest {
  private static final AuthSettings SETTINGS = new AuthSettings(
      Optional.of(SECRET),
      Optional.empty(),
      Optional.of("https://id.example"),
      Optional.of("holdfast"),
      Duration.ofSeconds(30),
      Duration.ofDays(1));

  private final TokenVerifier tokens = SETTINGS.verifier(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void tellsWhoSignedIn() {
    Principal alice =
        verify(signed(SECRET, good().claim("roles", List.of("admin", "editor")).build()));

    assertThat(alice)
        .isEqualTo(new Principal(
            "alice",
            Set.of("admin", "editor"),
            Optional.of(NOW),
            Optional.of(NOW.plus(Duration.ofHours(1)))));
  }

  @Test
  void takesOneAudienceOfSeveralAndDoesWithoutIssueTimeAndRoles() {
    Principal alice = verify(signed(
        SECRET, good().audience(List.of("other", "holdfast")).issueTime(null).build()));

    assertThat(alice.roles()).isEmpty();
    assertThat(alice.issuedAt()).isEmpty();
  }

  @Test
  void takesNoTokenForAnonymous() {
    assertThat(tokens.verify(Optional.empty()).toCompletableFuture().join())
        .isEqualTo(Principal.anonymous());
    assertThat(tokens.mode()).isEqualTo("secret");
  }

  @ParameterizedTest
  @CsvSource({"JWT", "jwt", "at+jwt", "application/at+jwt"})
  void takesTypesOfAccessTokens(String type) {
    assertThat(verify(withType(type)).subject()).isEqualTo("alice");
  }

  @ParameterizedTest
  @CsvSource({
    // second relative to now: expires, not before, issued; does it count
    "1, 0, 0, true", "-29, 0, 0, true", "-30, 0, 0, false", "-3600, 0, 0, false",
    "60, 30, 0, true", "60, 31, 0, false", "60, 0, 30, true", "60, 0, 31, false",
    "86400, 0, 0, true", "86431, 0, 0, false",
  })
  void countsBetweenItsTimesGiveOrTakeTheSkew(
      long expires, long notBefore, long issued, boolean counts) {
    String token = signed(
        SECRET,
        good()
            .expirationTime(in(expires))
            .notBeforeTime(in(notBefore))
            .issueTime(in(issued))
            .build());

    assertThat(tokens.verify(Optional.of(token)).toCompletableFuture().isCompletedExceptionally())
        .isEqualTo(!counts);
  }

  @TestFactory
  List<DynamicTest> refusesForgeries() {
    Map<String, String> forgeries = new LinkedHashMap<>();
    String token = signed(SECRET, good().build());
    forgeries.put("unsigned", new PlainJWT(good().build()).serialize());
    forgeries.put(
        "alg none with a signature",
        header("{\"alg\":\"none\"}") + token.substring(token.indexOf('.')));
    forgeries.put("signature cut off", token.substring(0, token.lastIndexOf('.') + 1));
    forgeries.put(
        "signature of another secret",
        signed(
            "another-secret-of-at-least-256-bits".getBytes(StandardCharsets.UTF_8),
            good().build()));
    forgeries.put("claims exchanged", exchanged(token, good().subject("root").build()));
    forgeries.put(
        "header exchanged",
        header("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + token.substring(token.indexOf('.')));
    forgeries.put(
        "HS512",
        signed(JWSAlgorithm.HS512, "", Issuer.signer(new byte[64]), good().build()));
    forgeries.put(
        "RS256 where a secret is configured", signed(Issuer.RSA, good().build()));
    forgeries.put("own key in the header", ownKeyInHeader());
    forgeries.put(
        "critical extension",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(Set.of("exp"))
                .customParam("exp", 1)
                .build(),
            Issuer.signer(SECRET),
            good().build()));
    forgeries.put("another type", withType("logout+jwt"));
    forgeries.put("no expiry", signed(SECRET, good().expirationTime(null).build()));
    forgeries.put("no subject", signed(SECRET, good().subject(null).build()));
    forgeries.put("empty subject", signed(SECRET, good().subject("").build()));
    forgeries.put(
        "subject anonymous", signed(SECRET, good().subject("anonymous").build()));
    forgeries.put(
        "subject with a control character",
        signed(SECRET, good().subject("a\nb").build()));
    forgeries.put(
        "subject too long", signed(SECRET, good().subject("a".repeat(257)).build()));
    forgeries.put(
        "wrong issuer", signed(SECRET, good().issuer("https://evil.example").build()));
    forgeries.put("no issuer", signed(SECRET, good().issuer(null).build()));
    forgeries.put("wrong audience", signed(SECRET, good().audience("other").build()));
    forgeries.put("no audience", signed(SECRET, good().audience((String) null).build()));
    forgeries.put(
        "roles no array", signed(SECRET, good().claim("roles", "admin").build()));
    forgeries.put(
        "roles no strings", signed(SECRET, good().claim("roles", List.of(1, 2)).build()));
    forgeries.put(
        "too long", signed(SECRET, good().claim("x", "y".repeat(8 * 1024)).build()));
    forgeries.put("empty", "");
    forgeries.put("dots", "..");
    forgeries.put("garbage", "eyJ.garbage.\u0000");
    forgeries.put("no JSON", header("nonsense") + ".e30.e30");
    forgeries.put("nested a thousand deep", header("[".repeat(1000)) + ".e30.e30");
    forgeries.put("five parts", "a.b.c.d.e");
    forgeries.put("a development token", "alice#admin");
    return forgeries.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> assertRefused(each.getValue())))
        .toList();
  }

  @Test
  void saysWhyATokenDoesNotCountWithoutQuotingIt() {
    assertThatThrownBy(
            () -> verify(signed(SECRET, good().expirationTime(in(-60)).build())))
        .hasRootCauseMessage("exp: 2026-01-31T11:59:00Z (expected: after 2026-01-31T12:00:00Z)");
    assertThatThrownBy(
            () -> verify(signed(SECRET, good().audience("secret-of-another").build())))
        .hasRootCauseMessage("aud: another one (expected: holdfast)");
  }

  private void assertRefused(String token) {
    assertThatThrownBy(() -> verify(token))
        .hasCauseInstanceOf(TokenRefused.class)
        .cause()
        .satisfies(refused -> assertThat(((TokenRefused) refused).isForNow()).isFalse());
  }

  private Principal verify(String token) {
    return tokens.verify(Optional.of(token)).toCompletableFuture().join();
  }

  private static JWTClaimsSet.Builder good() {
    return claims().issuer("https://id.example").audience("holdfast");
  }

  private static Date in(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static String withType(String type) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(type)).build();
    return signed(header, Issuer.signer(SECRET), good().build());
  }

  private static String ownKeyInHeader() {
    try {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
          .jwk(Issuer.RSA.toPublicJWK())
          .build();
      return signed(header, new RSASSASigner(Issuer.RSA), good().build());
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String exchanged(String token, JWTClaimsSet claims) {
    String[] parts = token.split("\\.", -1);
    return parts[0] + "." + claims.toPayload().toBase64URL() + "." + parts[2];
  }

  private static String header(String json) {
    return Base64URL.encode(json).toString();
  }
}
