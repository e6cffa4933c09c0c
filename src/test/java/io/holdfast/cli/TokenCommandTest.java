package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir
  private Path directory;

  private final Cli cli = new Cli("");

  private String secret(String text) throws Exception {
    return Files.writeString(directory.resolve("secret"), text).toString();
  }

  @Test
  void signsATokenWithTheSecretWithoutTheNewlineEditorsLeave() throws Exception {
    var run = cli.run(
        "token",
        "--secret-file",
        secret(SECRET + "\n"),
        "--sub",
        "alice",
        "--roles",
        "admin,editor",
        "--ttl",
        "2h");

    SignedJWT token = SignedJWT.parse(run.out().strip());
    assertThat(token.verify(new MACVerifier(SECRET.getBytes(StandardCharsets.UTF_8))))
        .isTrue();
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("alice");
    assertThat(token.getJWTClaimsSet().getStringListClaim("roles"))
        .isEqualTo(List.of("admin", "editor"));
    assertThat(Duration.between(
            token.getJWTClaimsSet().getIssueTime().toInstant(),
            token.getJWTClaimsSet().getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofHours(2));
  }

  @Test
  void refusesAShortSecret() throws Exception {
    var run = cli.run("token", "--secret-file", secret("short"), "--sub", "alice");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).endsWith("secret: a secret of 5 bytes (expected: at least 32)\n");
  }

  @Test
  void refusesATokenForNobody() throws Exception {
    var run = cli.run("token", "--secret-file", secret(SECRET));

    assertThat(run)
        .isEqualTo(new Cli.Run(2, "", "holdfast: --sub: none (expected: whom the token names)\n"));
  }

  @Test
  void namesADevSubjectWithItsRoles() {
    assertThat(cli.run("token", "--dev", "alice", "--roles", "admin,editor").out())
        .isEqualTo("alice#admin,editor\n");
  }

  @Test
  void namesADevSubjectWithoutRoles() {
    assertThat(cli.run("token", "--dev", "alice").out()).isEqualTo("alice\n");
  }

  @Test
  void refusesBothWaysAtOnce() throws Exception {
    var run = cli.run("token", "--dev", "alice", "--secret-file", secret(SECRET));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("mutually exclusive");
  }
}
