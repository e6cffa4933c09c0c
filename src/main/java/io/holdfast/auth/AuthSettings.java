package io.holdfast.auth;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How tokens are told. With neither a secret nor a JWKS URL: development mode.
 *
 * @param secret for HS256, at least 256 bits
 * @param jwksUrl where the keys of RS256, ES256 and EdDSA tokens are
 * @param issuer what {@code iss} must be
 * @param audience what {@code aud} must contain
 * @param clockSkew how far two clocks may be apart
 * @param maxTokenLifetime how far ahead {@code exp} may be
 */
@SuppressWarnings(
    "ArrayRecordComponent") // copied in and out below; equality of settings is never asked for
public record AuthSettings(
    Optional<byte[]> secret,
    Optional<URI> jwksUrl,
    Optional<String> issuer,
    Optional<String> audience,
    Duration clockSkew,
    Duration maxTokenLifetime) {
  public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(30);
  public static final Duration DEFAULT_MAX_TOKEN_LIFETIME = Duration.ofDays(30);
  private static final Duration MOST_CLOCK_SKEW = Duration.ofMinutes(5);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int LEAST_SECRET_BYTES = 32;

  public AuthSettings {
    secret = secret.map(byte[]::clone);
    if (secret.isPresent() && jwksUrl.isPresent()) {
      throw new IllegalArgumentException("auth: a secret and a JWKS URL (expected: one of them)");
    }
    if (jwksUrl.isPresent() && !isTrusted(jwksUrl.get())) {
      throw new IllegalArgumentException(
          "auth JWKS URL: %s (expected: https, or http on loopback)".formatted(jwksUrl.get()));
    }
    if (secret.isPresent() && secret.get().length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "auth secret: %d bits (expected: at least 256)".formatted(secret.get().length * 8));
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(MOST_CLOCK_SKEW) > 0) {
      throw new IllegalArgumentException(
          "auth clock skew: %s (expected: 0 … 5 min)".formatted(clockSkew));
    }
    if (maxTokenLifetime.isNegative() || maxTokenLifetime.isZero()) {
      throw new IllegalArgumentException(
          "auth token lifetime: %s (expected: > 0)".formatted(maxTokenLifetime));
    }
  }

  @Override
  public Optional<byte[]> secret() {
    return secret.map(byte[]::clone);
  }

  /** Neither secret nor JWKS URL: tokens are believed, so the server may bind to loopback only. */
  public boolean isDev() {
    return secret.isEmpty() && jwksUrl.isEmpty();
  }

  /** Development mode. */
  public static AuthSettings dev() {
    return new AuthSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_CLOCK_SKEW,
        DEFAULT_MAX_TOKEN_LIFETIME);
  }

  /** HS256 with a shared secret. */
  public static AuthSettings secret(byte[] secret) {
    return new AuthSettings(
        Optional.of(secret),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_CLOCK_SKEW,
        DEFAULT_MAX_TOKEN_LIFETIME);
  }

  /** The verifier these settings ask for. */
  public TokenVerifier verifier(Clock clock) {
    if (jwksUrl.isPresent()) {
      return new JwtTokens(new RemoteKeys(new KeySetFetch(jwksUrl.get()), clock), this, clock);
    }
    return secret.isPresent()
        ? new JwtTokens(new SharedSecret(secret.get()), this, clock)
        : new DevTokens();
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    String keys = secret.isPresent() ? "secret" : jwksUrl.map(URI::toString).orElse("dev");
    return "AuthSettings[%s, issuer=%s, audience=%s]"
        .formatted(keys, issuer.orElse("any"), audience.orElse("any"));
  }

  /** Whoever can change the keys on their way can sign any token. */
  private static boolean isTrusted(URI url) {
    boolean plain = "http".equalsIgnoreCase(url.getScheme());
    String host = Optional.ofNullable(url.getHost()).orElse("");
    return ("https".equalsIgnoreCase(url.getScheme()) && !host.isEmpty())
        || (plain && LOOPBACK.contains(host));
  }
}
