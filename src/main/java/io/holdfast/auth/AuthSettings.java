package io.holdfast.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

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
  private static final int LEAST_SECRET_BYTES = 32;

  public AuthSettings {
    secret = secret.map(byte[]::clone);
    if (secret.isPresent() && jwksUrl.isPresent()) {
      throw new IllegalArgumentException("auth: a secret and a JWKS URL (expected: one of them)");
    }
    if (secret.isPresent() && secret.get().length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "auth secret: %d bits (expected: at least 256)".formatted(secret.get().length * 8));
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

  /** The verifier these settings ask for. */
  public TokenVerifier verifier() {
    return new DevTokens();
  }
}
