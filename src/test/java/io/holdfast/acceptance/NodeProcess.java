package io.holdfast.acceptance;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running node as its users see it: ports, a process to signal, a log. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Pattern OPEN = Pattern.compile("Open +http://localhost:(\\d+)/");
  private static final Pattern OPS = Pattern.compile("Ops +http://localhost:(\\d+)/");

  private final JavaProcess process;
  private final int httpPort;
  private final int opsPort;

  private NodeProcess(JavaProcess process, int httpPort, int opsPort) {
    this.process = process;
    this.httpPort = httpPort;
    this.opsPort = opsPort;
  }

  /** Waits for the greeting, which names the ports. */
  public static NodeProcess of(JavaProcess process) {
    await("the greeting")
        .atMost(START)
        .until(() -> !process.isAlive() || port(process, OPS).isPresent());
    int http = port(process, OPEN)
        .orElseThrow(() -> new AssertionError("did not start: " + process.said()));
    return new NodeProcess(process, http, port(process, OPS).orElseThrow());
  }

  private static Optional<Integer> port(JavaProcess process, Pattern where) {
    for (String line : process.out()) {
      Matcher found = where.matcher(line);
      if (found.find()) {
        return Optional.of(Integer.valueOf(found.group(1)));
      }
    }
    return Optional.empty();
  }

  public int httpPort() {
    return httpPort;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  HttpCalls http() {
    return new HttpCalls(url());
  }

  public HttpCalls ops() {
    return new HttpCalls(URI.create("http://127.0.0.1:" + opsPort));
  }

  /** A WebSocket that has said nothing yet. */
  WireClient connect() {
    return WireClient.to(httpPort);
  }

  /** A WebSocket that was welcomed as {@code subject} with a client id of its own. */
  WireClient connectAs(String subject) {
    WireClient client = connect();
    client.hello(Names.fresh(subject), subject);
    return client;
  }

  RawSocket raw() {
    return RawSocket.to(httpPort);
  }

  public JavaProcess process() {
    return process;
  }

  /** {@code kill -9}. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.kill();
    }
  }
}
