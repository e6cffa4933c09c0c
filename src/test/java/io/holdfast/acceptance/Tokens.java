package io.holdfast.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Signed tokens for a node that demands them. */
public final class Tokens {
  public static final String SECRET = "a-secret-of-these-tests-with-well-over-256-bits";

  private Tokens() {}

  /** A good one for an hour. */
  public static String of(String subject, String... roles) {
    return signed(claims(subject, Duration.ofHours(1), roles).build());
  }

  /** A good one until then. */
  static String expiring(String subject, Duration in) {
    return signed(claims(subject, in).build());
  }

  /** What a good token says, to be spoilt. */
  static JWTClaimsSet.Builder claims(String subject, Duration lifetime, String... roles) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .subject(subject)
        .audience(SharedNode.AUDIENCE)
        .claim("roles", List.of(roles))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(lifetime)));
  }

  static String signed(JWTClaimsSet claims) {
    return signed(JWSAlgorithm.HS256, claims, SECRET);
  }

  static String signed(JWSAlgorithm algorithm, JWTClaimsSet claims, String secret) {
    try {
      SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
      jwt.sign(new MACSigner(secret));
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
