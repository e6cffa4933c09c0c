package io.holdfast.auth;

import static io.holdfast.auth.Given.principal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevTokensTest {
  private final TokenVerifier tokens = AuthSettings.dev().verifier(Clock.systemUTC());

  @Test
  void believesAName() {
    assertThat(verify("alice")).isEqualTo(principal("alice"));
    assertThat(verify("Zoë 😀")).isEqualTo(principal("Zoë 😀"));
  }

  @Test
  void believesRoles() {
    assertThat(verify("alice#admin, editor")).isEqualTo(principal("alice", "admin", "editor"));
  }

  @Test
  void takesNoTokenForAnonymous() {
    assertThat(tokens.verify(Optional.empty()).toCompletableFuture().join())
        .isEqualTo(Principal.anonymous());
    assertThat(verify("anonymous").isAnonymous()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#admin",
        "a\u0000",
        "a\nb",
        "\ud800",
        "alice#",
        "alice#admin,",
        "alice#a\u0007"
      })
  void refusesWhatIsNoName(String token) {
    assertThatThrownBy(() -> verify(token))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TokenRefused.class);
  }

  @Test
  void refusesNamesThatAreTooLong() {
    assertThat(verify("a".repeat(256)).subject()).hasSize(256);
    assertThatThrownBy(() -> verify("a".repeat(257)))
        .hasRootCauseMessage(
            "subject: 257 characters (expected: 1 … 256, none of them a control character)");
  }

  @Test
  void saysThatItIsForDevelopment() {
    assertThat(tokens.mode()).isEqualTo("dev");
  }

  private Principal verify(String token) {
    return tokens.verify(Optional.of(token)).toCompletableFuture().join();
  }
}
