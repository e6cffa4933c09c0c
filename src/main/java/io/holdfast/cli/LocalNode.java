package io.holdfast.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One node of a cluster on this machine: a process whose lines go on under its name. */
final class LocalNode {
  /** How a node says that it serves. */
  private static final String GREETING = "Holdfast is up.";

  /**
   * Ctrl-C reaches every process of the terminal at once; then all nodes would stop together. They do not hear it, and are told
   * one by one.
   */
  private static final List<String> DEAF =
      List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "holdfast");

  private final String name;
  private final Process process;
  private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();

  private LocalNode(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static LocalNode start(
      String name, List<String> command, Map<String, String> environment, Terminal terminal)
      throws IOException {
    List<String> words = new ArrayList<>(DEAF);
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    LocalNode node = new LocalNode(name, builder.start());
    node.follow(terminal);
    return node;
  }

  private void follow(Terminal terminal) {
    Consumer<String> tell = line -> terminal.note(name + " | " + line);
    read("out", process.getInputStream(), line -> {
      if (line.contains(GREETING)) {
        greeted.complete(true);
      } else if (!isPartOfGreeting(line)) {
        tell.accept(line);
      }
    });
    read("err", process.getErrorStream(), tell);
  }

  /** It is printed indented, between empty lines; one for all nodes is printed instead. */
  private static boolean isPartOfGreeting(String line) {
    return line.isBlank() || line.startsWith("  ");
  }

  private void read(String stream, InputStream from, Consumer<String> to) {
    Thread reader = new Thread(() -> eachLine(from, to), name + "-" + stream);
    reader.setDaemon(true);
    reader.start();
  }

  private static void eachLine(InputStream from, Consumer<String> to) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        to.accept(line);
      }
    } catch (IOException ended) {
      to.accept("(no more output: " + ended.getMessage() + ")");
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** True once it serves; false when it ended before. */
  CompletableFuture<Boolean> up() {
    return greeted.applyToEither(ended().thenApply(exitCode -> false), serves -> serves);
  }

  /** The exit code. */
  CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Tells it to stop (SIGTERM) and waits; one that takes longer than {@code patience} is killed. True if it stopped by itself. */
  boolean stop(Duration patience) throws InterruptedException {
    // Not Process.destroy(), which would also close the streams, and what it says while it stops
    // would be lost.
    process.toHandle().destroy();
    if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    process.destroyForcibly().waitFor();
    return false;
  }
}
