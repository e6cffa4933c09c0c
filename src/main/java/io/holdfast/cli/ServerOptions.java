package io.holdfast.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a command talks to, as whom, and how patiently. */
final class ServerOptions {
  private static final Duration PATIENT = Duration.ofSeconds(60);

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      order = 80,
      defaultValue = "${env:HOLDFAST_URL:-http://127.0.0.1:8080}",
      description = "The server. Default: $HOLDFAST_URL, else http://127.0.0.1:8080.")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      order = 81,
      defaultValue = "${env:HOLDFAST_TOKEN:-}",
      description =
          "Bearer token. Default: $HOLDFAST_TOKEN, which keeps it out of the process list.")
  private String token = "";

  @Option(
      names = "--retry-for",
      paramLabel = "TIME",
      order = 82,
      converter = DurationConverter.class,
      description = {
        "How long to try again when the connection is lost or the server is busy (429, 503),"
            + " such as 30s, 5m, 0s. Default: 60s; but a server that does not listen at all is"
            + " waited for only if this option is given."
      })
  private @Nullable Duration retryFor;

  /** A connection as these options ask for. */
  Transport transport(Terminal terminal, boolean quiet, Duration patience) {
    Duration total = Optional.ofNullable(retryFor).orElse(patience);
    Terminal notes = quiet ? terminal.withoutNotes() : terminal;
    return new Transport(checkedUrl(), checkedToken(), Patience.of(total), retryFor != null, notes);
  }

  Api api(Terminal terminal, OutputOptions output) {
    return new Api(transport(terminal, output.quiet(), PATIENT));
  }

  private URI checkedUrl() {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw wrong("--url: %s (expected: http://HOST:PORT or https://HOST)".formatted(url));
    }
    return url;
  }

  private String checkedToken() {
    String trimmed = token.trim();
    if (!trimmed.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw wrong(
          "--token: unprintable characters (expected: a token as `holdfast token` prints it)");
    }
    return trimmed;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
  }
}
