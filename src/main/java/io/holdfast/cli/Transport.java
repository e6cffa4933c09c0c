package io.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;

/**
 * Sends requests to one server and tries again what is worth trying again. Every write carries an Idempotency-Key, so
 * sending it again after an unknown outcome is safe.
 */
final class Transport {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  /** Makes something of a successful answer. */
  interface Reader<T> {
    T read(HttpHeaders headers, InputStream body) throws IOException, CommandFailed;
  }

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(CONNECT)
      .followRedirects(HttpClient.Redirect.NORMAL)
      .build();
  private final URI base;
  private final String token;
  private final Patience patience;
  private final boolean waitsForTheFirstAnswer;
  private final Terminal terminal;
  private boolean reached;

  /**
   * @param waitsForTheFirstAnswer whether a server that does not listen at all is waited for too
   */
  Transport(
      URI base,
      String token,
      Patience patience,
      boolean waitsForTheFirstAnswer,
      Terminal terminal) {
    this.base = base;
    this.token = token;
    this.patience = patience;
    this.waitsForTheFirstAnswer = waitsForTheFirstAnswer;
    this.terminal = terminal;
  }

  /** A request to {@code pathAndQuery} with the caller's credentials. */
  HttpRequest.Builder request(String pathAndQuery) {
    String root = base.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + pathAndQuery)).timeout(ANSWER);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** The answer of the first try that gets one. */
  <T> T call(HttpRequest request, Reader<T> reader) throws CommandFailed {
    Patience.Round round = patience.round();
    while (true) {
      try {
        return once(request, reader);
      } catch (ServerRefused refused) {
        if (!isPassing(refused.problem())) {
          throw refused;
        }
        pause(round, refused, refused.problem().retryAfter());
      } catch (IOException broken) {
        pause(round, unreachable(broken), Duration.ZERO);
      }
    }
  }

  private <T> T once(HttpRequest request, Reader<T> reader) throws CommandFailed, IOException {
    HttpResponse<InputStream> response = send(request);
    try (InputStream body = response.body()) {
      reached = true;
      if (response.statusCode() >= 300) {
        throw new ServerRefused(Problem.read(response.statusCode(), response.headers(), body));
      }
      return reader.read(response.headers(), body);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException, CommandFailed {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
      if (!reached && !waitsForTheFirstAnswer) {
        throw unreachable(nobodyThere);
      }
      throw nobodyThere;
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  private void pause(Patience.Round round, CommandFailed why, Duration retryAfter)
      throws CommandFailed {
    if (round.failures() == 0
        && patience.total().compareTo(retryAfter) >= 0
        && !patience.total().isZero()) {
      terminal.note("holdfast: %s; trying again%s".formatted(why.line(), patience));
    }
    try {
      if (!round.waitAtLeast(retryAfter)) {
        throw why;
      }
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /** A moment of rest between two connections that both worked, different for each client. */
  void breathe() throws CommandFailed {
    try {
      boolean rested = patience.round().waitAtLeast(Duration.ZERO);
      if (!rested) {
        throw new CommandFailed(ExitCode.UNREACHABLE, base + ": connection lost");
      }
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  private CommandFailed unreachable(IOException broken) {
    return new CommandFailed(ExitCode.UNREACHABLE, base + ": " + reason(broken));
  }

  private static CommandFailed interrupted() {
    Thread.currentThread().interrupt();
    return new CommandFailed(ExitCode.UNREACHABLE, "interrupted");
  }

  private static boolean isPassing(Problem problem) {
    return PASSING.contains(problem.status()) && !problem.code().equals("quarantined");
  }

  private static String reason(IOException broken) {
    if (broken instanceof HttpConnectTimeoutException) {
      return "no connection within %d s".formatted(CONNECT.toSeconds());
    }
    if (broken instanceof HttpTimeoutException) {
      return "no answer within %d s".formatted(ANSWER.toSeconds());
    }
    if (broken instanceof ConnectException) {
      return hasUnknownHost(broken) ? "unknown host" : "connection refused";
    }
    return "connection lost";
  }

  private static boolean hasUnknownHost(Throwable broken) {
    Throwable cause = broken.getCause();
    return cause != null && (cause instanceof UnresolvedAddressException || hasUnknownHost(cause));
  }
}
