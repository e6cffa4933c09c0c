package io.holdfast.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signed JSON Web Tokens. The algorithm is pinned by where the keys come from, never by what a token says. */
public final class JwtTokens implements TokenVerifier {
  private static final int LONGEST_TOKEN = 8 * 1024;
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private final SigningKeys keys;
  private final Claims claims;

  JwtTokens(SigningKeys keys, AuthSettings settings, Clock clock) {
    this.keys = keys;
    this.claims = new Claims(settings, clock);
  }

  @Override
  public CompletionStage<Principal> verify(Optional<String> token) {
    if (token.isEmpty()) {
      return CompletableFuture.completedFuture(Principal.anonymous());
    }
    try {
      SignedJWT jwt = parse(token.get());
      return keys.forHeader(jwt.getHeader()).thenCompose(candidates -> judge(jwt, candidates));
    } catch (TokenRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  @Override
  public String mode() {
    return keys.mode();
  }

  @Override
  public void close() {
    keys.close();
  }

  private SignedJWT parse(String token) throws TokenRefused {
    if (token.length() > LONGEST_TOKEN) {
      throw new TokenRefused(
          "token: %d characters (expected: at most %d)".formatted(token.length(), LONGEST_TOKEN));
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      checkHeader(jwt.getHeader());
      return jwt;
    } catch (ParseException | RuntimeException malformed) {
      throw new TokenRefused("token: malformed (expected: a signed JSON Web Token)");
    }
  }

  private void checkHeader(JWSHeader header) throws TokenRefused {
    if (!keys.algorithms().contains(header.getAlgorithm())) {
      throw new TokenRefused("alg: another one (expected: one of %s)".formatted(keys.algorithms()));
    }
    Optional<JOSEObjectType> type = Optional.ofNullable(header.getType());
    if (type.isPresent() && !TYPES.contains(type.get().getType().toLowerCase(Locale.ROOT))) {
      throw new TokenRefused("typ: another one (expected: JWT)");
    }
    if (header.getCriticalParams() != null) {
      throw new TokenRefused("crit: something (expected: no extensions)");
    }
  }

  private CompletionStage<Principal> judge(SignedJWT jwt, List<JWK> candidates) {
    try {
      if (candidates.isEmpty()) {
        throw new TokenRefused("kid: unknown (expected: a key of this server's issuer)");
      }
      if (candidates.stream().noneMatch(key -> isSignedWith(key, jwt))) {
        throw new TokenRefused("signature: wrong (expected: one by this server's issuer)");
      }
      return CompletableFuture.completedFuture(claims.principal(jwt.getJWTClaimsSet()));
    } catch (TokenRefused refused) {
      return CompletableFuture.failedFuture(refused);
    } catch (ParseException malformed) {
      return CompletableFuture.failedFuture(
          new TokenRefused("claims: malformed (expected: a JSON object of claims)"));
    }
  }

  private static boolean isSignedWith(JWK key, SignedJWT jwt) {
    try {
      if (key instanceof OctetKeyPair pair) {
        return Ed25519.verify(pair, jwt.getSigningInput(), jwt.getSignature().decode());
      }
      if (key instanceof RSAKey rsa) {
        return jwt.verify(new RSASSAVerifier(rsa));
      }
      if (key instanceof ECKey ec) {
        return jwt.verify(new ECDSAVerifier(ec));
      }
      return key instanceof OctetSequenceKey secret && jwt.verify(new MACVerifier(secret));
    } catch (JOSEException | GeneralSecurityException | RuntimeException unfit) {
      return false;
    }
  }
}
