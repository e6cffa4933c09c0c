package io.holdfast.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a token. */
@Command(
    name = "token",
    description = {
      "Print a token: a JWT signed with the server's secret (HS256), or a name for a server in dev mode.",
      "The secret is the file's content without white space at its end, at least 32 bytes: the same file"
          + " the server reads through HOLDFAST_JWT_SECRET_FILE."
    },
    footer = {
      "  holdfast token --secret-file secret --sub alice --roles admin,editor --ttl 8h",
      "  export HOLDFAST_TOKEN=$(holdfast token --secret-file secret --sub alice)",
      "  export HOLDFAST_TOKEN=$(holdfast token --dev alice --roles admin)"
    })
final class TokenCommand implements Callable<Integer> {
  private static final int LEAST_SECRET_BYTES = 32;

  private final Terminal terminal;

  @Mixin
  final HelpOption help = new HelpOption();

  @ArgGroup(multiplicity = "1")
  private @Nullable Mode mode;

  @Option(
      names = "--sub",
      paramLabel = "SUBJECT",
      description = "Whom the token names; with --secret-file.")
  private @Nullable String subject;

  @Option(
      names = "--roles",
      paramLabel = "ROLE",
      split = ",",
      description = "Roles, separated by commas.")
  private List<String> roles = List.of();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long it is valid: 15m, 1h, 7d. Default: 1h.")
  private Duration ttl = Duration.ofHours(1);

  @Option(
      names = "--issuer",
      paramLabel = "ISS",
      description = "Claim iss, if the server demands one.")
  private @Nullable String issuer;

  @Option(
      names = "--audience",
      paramLabel = "AUD",
      description = "Claim aud, if the server demands one.")
  private @Nullable String audience;

  /** How the token is made. */
  static final class Mode {
    @Option(
        names = "--secret-file",
        paramLabel = "FILE",
        description = "Sign with the secret in this file.")
    private @Nullable Path secretFile;

    @Option(
        names = "--dev",
        paramLabel = "SUBJECT",
        description = "For a server without secret, which believes every name.")
    private @Nullable String dev;
  }

  TokenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    Mode chosen = Given.value(mode);
    Path file = chosen.secretFile;
    terminal.line(file == null ? dev(Given.value(chosen.dev)) : signed(secret(file)));
    return ExitCode.OK.number();
  }

  private String dev(String name) throws CommandFailed {
    if (subject != null) {
      throw wrong("--sub: with --dev (expected: --dev SUBJECT alone)");
    }
    if (name.isEmpty() || name.contains("#")) {
      throw wrong("--dev: %s (expected: a name without #)".formatted(name));
    }
    return roles.isEmpty() ? name : name + "#" + String.join(",", roles);
  }

  private String signed(byte[] secret) throws CommandFailed {
    if (subject == null || subject.isEmpty()) {
      throw wrong("--sub: none (expected: whom the token names)");
    }
    if (ttl.isZero()) {
      throw wrong("--ttl: 0 (expected: a time such as 1h)");
    }
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
        .subject(subject)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(ttl)));
    if (!roles.isEmpty()) {
      claims.claim("roles", roles);
    }
    if (issuer != null) {
      claims.issuer(issuer);
    }
    if (audience != null) {
      claims.audience(audience);
    }
    return signed(claims.build(), secret);
  }

  private static String signed(JWTClaimsSet claims, byte[] secret) throws CommandFailed {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(new MACSigner(secret));
      return token.serialize();
    } catch (JOSEException unusable) {
      throw wrong("secret: " + unusable.getMessage());
    }
  }

  private static byte[] secret(Path file) throws IOException, CommandFailed {
    byte[] secret = Files.readString(file).stripTrailing().getBytes(StandardCharsets.UTF_8);
    if (secret.length < LEAST_SECRET_BYTES) {
      throw wrong("%s: a secret of %d bytes (expected: at least %d)"
          .formatted(file, secret.length, LEAST_SECRET_BYTES));
    }
    return secret;
  }

  private static CommandFailed wrong(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }
}
