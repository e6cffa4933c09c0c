package io.holdfast.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {
  @Test
  void refusesASecretThatIsTooShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthSettings.secret(new byte[31]))
        .withMessage("auth secret: 248 bits (expected: at least 256)");
    assertThat(AuthSettings.secret(new byte[32]).isDev()).isFalse();
  }

  @Test
  void refusesASecretBesideAKeySet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            settings(Optional.of(new byte[32]), Optional.of(URI.create("https://id.example/keys"))))
        .withMessage("auth: a secret and a JWKS URL (expected: one of them)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/keys",
        "file:///keys",
        "keys",
        "http://127.0.0.1.example/keys",
        "https:///keys"
      })
  void refusesKeySetsThatCanBeChangedOnTheirWay(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Optional.empty(), Optional.of(URI.create(url))))
        .withMessage("auth JWKS URL: %s (expected: https, or http on loopback)".formatted(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example/keys",
        "http://127.0.0.1:8081/keys",
        "http://localhost/keys",
        "http://[::1]:1/keys"
      })
  void takesKeySetsFromWhereTheyCanBeTrusted(String url) {
    try (TokenVerifier tokens =
        settings(Optional.empty(), Optional.of(URI.create(url))).verifier(Clock.systemUTC())) {
      assertThat(tokens.mode()).isEqualTo("jwks");
    }
  }

  @Test
  void refusesNonsensicalTimes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> times(Duration.ofSeconds(-1), Duration.ofHours(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> times(Duration.ofMinutes(6), Duration.ofHours(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> times(Duration.ZERO, Duration.ZERO));
  }

  @Test
  void isForDevelopmentWithoutSecretAndKeySet() {
    assertThat(AuthSettings.dev().isDev()).isTrue();
  }

  @Test
  void keepsTheSecretToItself() {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    AuthSettings settings = AuthSettings.secret(secret);
    secret[0] = 'X';
    settings.secret().orElseThrow()[1] = 'X';

    assertThat(settings.secret().orElseThrow()).startsWith('0', '1');
    assertThat(settings.toString()).doesNotContain("123").doesNotContain("[B@");
  }

  private static AuthSettings settings(Optional<byte[]> secret, Optional<URI> jwksUrl) {
    return new AuthSettings(
        secret,
        jwksUrl,
        Optional.empty(),
        Optional.empty(),
        AuthSettings.DEFAULT_CLOCK_SKEW,
        AuthSettings.DEFAULT_MAX_TOKEN_LIFETIME);
  }

  private static AuthSettings times(Duration skew, Duration lifetime) {
    return new AuthSettings(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), skew, lifetime);
  }
}
