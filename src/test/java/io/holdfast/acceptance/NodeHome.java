package io.holdfast.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directory and environment of a node. Nodes started from the same home, one after the other, have the same data. */
public final class NodeHome implements AutoCloseable {
  private static final List<String> KINDS =
      List.of("auth", "note", "room", "secret", "task", "tiny");

  private final Path directory;
  private final Map<String, String> environment = new TreeMap<>();
  private List<String> prefix = List.of();
  private List<String> flags = JavaProcess.BRIEF;

  private NodeHome(Path directory) {
    this.directory = directory;
  }

  /** A fresh one: the kinds of these tests, any free ports, dev mode, the embedded database. */
  static NodeHome create() {
    try {
      NodeHome home = new NodeHome(Files.createTempDirectory("holdfast-test-"));
      Files.createDirectories(home.directory.resolve("conf/kinds"));
      for (String kind : KINDS) {
        home.copyKind(kind + ".json");
      }
      return home.with("HOLDFAST_HTTP_PORT", "0")
          .with("HOLDFAST_OPS_PORT", "0")
          .with("HOLDFAST_CONF", home.directory.resolve("conf").toString())
          .with("HOLDFAST_DATA", home.directory.resolve("data").toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The same on {@code database}, which need not be up yet. */
  public static NodeHome on(Database database) {
    return create()
        .with("HOLDFAST_JDBC_URL", database.url())
        .with("HOLDFAST_JDBC_USER", "postgres");
  }

  /** A fresh one with the configuration that ships. */
  static NodeHome shipped() {
    NodeHome home = create();
    Path conf = Path.of(System.getProperty("holdfast.project"), "conf");
    try (Stream<Path> files = Files.walk(conf)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = home.directory.resolve("conf").resolve(conf.relativize(file));
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
      return home;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void copyKind(String file) throws IOException {
    try (InputStream content = NodeHome.class.getResourceAsStream("/acceptance/kinds/" + file)) {
      Files.copy(
          java.util.Objects.requireNonNull(content, file),
          directory.resolve("conf/kinds").resolve(file));
    }
  }

  public NodeHome with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Nodes are launched by that command, which must become what it launches: {@code ip netns exec NAME}. */
  public NodeHome within(List<String> command) {
    prefix = command;
    return this;
  }

  /** Nodes run on a JVM with {@code flags}. */
  NodeHome on(List<String> flags) {
    this.flags = flags;
    return this;
  }

  /** Adds a line to {@code conf/holdfast.conf}. */
  public NodeHome conf(String line) {
    return write("conf/holdfast.conf", line + "\n");
  }

  /** Writes a kind file, right or wrong. */
  NodeHome kind(String name, String singleQuoted) {
    return write("conf/kinds/" + name + ".json", SingleQuotes.text(singleQuoted));
  }

  private NodeHome write(String file, String text) {
    try {
      Files.writeString(
          directory.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path directory() {
    return directory;
  }

  /** Launches {@code holdfast serve} and returns at once. */
  public JavaProcess launch() {
    return JavaProcess.start(prefix, flags, directory, environment, List.of("serve"));
  }

  /** Launches {@code holdfast arguments…} as a client of the node on {@code port}. */
  static JavaProcess client(int port, String... arguments) {
    Map<String, String> environment =
        Map.of("HOLDFAST_URL", "http://127.0.0.1:" + port, "HOLDFAST_TOKEN", "curator#admin");
    return JavaProcess.start(Path.of("."), environment, List.of(arguments));
  }

  /** A node that serves. */
  public NodeProcess start() {
    return NodeProcess.of(launch());
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
