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
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  List<DynamicTest> refusesForgedSignatures() {
    String token = signed(SECRET, good().build());
    String claimsAndSignature = token.substring(token.indexOf('.'));
    byte[] otherSecret = "another-secret-of-at-least-256-bits".getBytes(StandardCharsets.UTF_8);
    Map<String, String> forgeries = new LinkedHashMap<>();
    forgeries.put("unsigned", new PlainJWT(good().build()).serialize());
    forgeries.put("alg none with a signature", header("{\"alg\":\"none\"}") + claimsAndSignature);
    forgeries.put("signature cut off", token.substring(0, token.lastIndexOf('.') + 1));
    forgeries.put("signature of another secret", signed(otherSecret, good().build()));
    forgeries.put("claims exchanged", exchanged(token, good().subject("root").build()));
    forgeries.put(
        "header exchanged", header("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + claimsAndSignature);
    forgeries.put(
        "HS512",
        signed(JWSAlgorithm.HS512, "", Issuer.signer(new byte[64]), good().build()));
    forgeries.put(
        "RS256 where a secret is configured", signed(Issuer.RSA, good().build()));
    forgeries.put("own key in the header", ownKeyInHeader());
    forgeries.put("critical extension", criticalExtension());
    forgeries.put("another type", withType("logout+jwt"));
    return refused(forgeries);
  }

  @TestFactory
  List<DynamicTest> refusesWrongClaims() {
    Map<String, JWTClaimsSet.Builder> wrong = new LinkedHashMap<>();
    wrong.put("no expiry", good().expirationTime(null));
    wrong.put("no subject", good().subject(null));
    wrong.put("empty subject", good().subject(""));
    wrong.put("subject anonymous", good().subject("anonymous"));
    wrong.put("subject with a control character", good().subject("a\nb"));
    wrong.put("subject too long", good().subject("a".repeat(257)));
    wrong.put("expiry no number", good().claim("exp", "tomorrow"));
    wrong.put("expiry beyond all time", good().claim("exp", 1e300));
    wrong.put("wrong issuer", good().issuer("https://evil.example"));
    wrong.put("no issuer", good().issuer(null));
    wrong.put("wrong audience", good().audience("other"));
    wrong.put("no audience", good().audience((String) null));
    wrong.put("roles no array", good().claim("roles", "admin"));
    wrong.put("roles no strings", good().claim("roles", List.of(1, 2)));
    wrong.put("a role of no characters", good().claim("roles", List.of("")));
    wrong.put(
        "too many roles",
        good().claim("roles", IntStream.range(0, 257).mapToObj(i -> "r" + i).toList()));
    wrong.put("too long", good().claim("x", "y".repeat(8 * 1024)));
    Map<String, String> tokens = new LinkedHashMap<>();
    wrong.forEach((name, claims) -> tokens.put(name, signed(SECRET, claims.build())));
    return refused(tokens);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b.c.d.e",
        "e30.e30.e30",
        "eyJ.garbage.\u0000",
        "alice",
        "alice#admin"
      })
  void refusesGarbage(String garbage) {
    assertRefused(garbage);
    assertRefused(header("nonsense") + ".e30.e30");
    assertRefused(header("[".repeat(1000)) + ".e30.e30");
    assertRefused(header("{\"alg\":" + "{\"a\":".repeat(1000)) + ".e30.e30");
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

  private List<DynamicTest> refused(Map<String, String> tokens) {
    return tokens.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> assertRefused(each.getValue())))
        .toList();
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

  private static String criticalExtension() {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
        .criticalParams(Set.of("exp"))
        .customParam("exp", 1)
        .build();
    return signed(header, Issuer.signer(SECRET), good().build());
  }

  private static String exchanged(String token, JWTClaimsSet claims) {
    String[] parts = token.split("\\.", -1);
    return parts[0] + "." + claims.toPayload().toBase64URL() + "." + parts[2];
  }

  private static String header(String json) {
    return Base64URL.encode(json).toString();
  }
}
