package io.holdfast.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node of one's own: free ports, a temporary directory, the packaged server; gone when closed. */
final class Node implements AutoCloseable {
  static final String KIND = "load";
  private static final String HOST = "127.0.0.1";
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final String KIND_FILE =
      """
      {"kind": "load", "description": "what load tests write",
       "access": {"read": ["anyone"], "create": ["anyone"], "write": ["anyone"],
                  "present": ["anyone"], "delete": ["anyone"], "history": ["anyone"]},
       "limits": {"bytes": 8388608, "commandsPerSecond": 1000000},
       "keys": {"/todos": "id"}}
      """;

  private final Path home;
  private final Process process;
  private final int port;

  private Node(Path home, Process process, int port) {
    this.home = home;
    this.process = process;
    this.port = port;
  }

  /** Starts the node and waits until it answers; its output goes to {@code target/node.log}. */
  static Node start() {
    Path launcher =
        Path.of("..", "target", "holdfast", "bin", "holdfast").toAbsolutePath().normalize();
    if (!Files.isExecutable(launcher)) {
      throw new IllegalStateException(
          launcher
              + ": missing (expected: `mvn -DskipTests package` in the project above, or -Dholdfast.url=…)");
    }
    try {
      Path home = Files.createTempDirectory("holdfast-load-");
      copy(launcher.getParent().resolveSibling("conf"), home.resolve("conf"));
      Files.createDirectories(home.resolve("conf/kinds"));
      Files.writeString(home.resolve("conf/kinds/load.json"), KIND_FILE);
      List<Integer> ports = freePorts(3);
      Node node = new Node(home, process(launcher, home, ports), ports.get(0));
      Runtime.getRuntime().addShutdownHook(new Thread(node::close));
      node.awaitReady(ports.get(1));
      return node;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Process process(Path launcher, Path home, List<Integer> ports) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "serve");
    builder
        .environment()
        .putAll(Map.of(
            "HOLDFAST_CONF", home.resolve("conf").toString(),
            "HOLDFAST_DATA", home.resolve("data").toString(),
            "HOLDFAST_HTTP_HOST", HOST,
            "HOLDFAST_HTTP_PORT", ports.get(0).toString(),
            "HOLDFAST_OPS_HOST", HOST,
            "HOLDFAST_OPS_PORT", ports.get(1).toString(),
            "HOLDFAST_REMOTING_HOST", HOST,
            "HOLDFAST_REMOTING_PORT", ports.get(2).toString()));
    Path log = Path.of("target", "node.log").toAbsolutePath();
    Files.createDirectories(log.getParent());
    return builder
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  String url() {
    return "http://" + HOST + ":" + port;
  }

  private void awaitReady(int opsPort) {
    URI ready = URI.create("http://" + HOST + ":" + opsPort + "/health/ready");
    HttpClient http = HttpClient.newHttpClient();
    long deadline = System.nanoTime() + START.toNanos();
    while (!answers(http, ready)) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        close();
        throw new IllegalStateException("the node did not become ready; see target/node.log");
      }
      Pause.of(Duration.ofMillis(200));
    }
  }

  private static boolean answers(HttpClient http, URI uri) {
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops the node as an operator would, by force if it takes too long, and removes its directory. */
  @Override
  public synchronized void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(home);
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new java.util.ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      System.err.println(directory + ": could not be removed: " + left.getMessage());
    }
  }
}
