package io.holdfast.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code io.holdfast.Main} in a process of its own, with what it prints. Ends with the tests at the latest. */
public final class JavaProcess {
  /** For tests: up soon, small, and slow in the long run. */
  static final List<String> BRIEF =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  /** For measurements: those of {@code bin/holdfast serve}, with a fixed heap. */
  static final List<String> USUAL =
      List.of("-Xmx1g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:+ExitOnOutOfMemoryError");

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final Thread outReader;
  private final Thread errReader;

  private JavaProcess(Process process) {
    this.process = process;
    this.outReader = reader(process.getInputStream(), out);
    this.errReader = reader(process.getErrorStream(), err);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts {@code holdfast arguments…} with nothing of our own settings in its environment but {@code environment}. */
  static JavaProcess start(
      Path directory, Map<String, String> environment, List<String> arguments) {
    return start(List.of(), BRIEF, directory, environment, arguments);
  }

  /** The same launched by the command {@code prefix}, on a JVM with {@code flags}. */
  static JavaProcess start(
      List<String> prefix,
      List<String> flags,
      Path directory,
      Map<String, String> environment,
      List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.holdfast.Main"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
    builder.environment().putAll(environment);
    try {
      return new JavaProcess(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Thread reader(InputStream from, List<String> to) {
    Thread thread = new Thread(() -> readLines(from, to));
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void readLines(InputStream from, List<String> to) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        to.add(line);
      }
    } catch (IOException ended) {
      to.add("(the process was ended)");
    }
  }

  List<String> out() {
    return out;
  }

  public List<String> err() {
    return err;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** SIGTERM. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** SIGSTOP, SIGCONT and the like. */
  public void signal(String signal) {
    try {
      int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
          .inheritIO()
          .start()
          .waitFor();
      if (exit != 0) {
        throw new AssertionError("kill -%s: %d (expected: 0)".formatted(signal, exit));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** SIGKILL, and waits until the process is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(20));
  }

  /** The exit code, once all it printed is here. */
  public int awaitExit(Duration most) {
    try {
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after %s: %s".formatted(most, said()));
      }
      outReader.join(5_000);
      errReader.join(5_000);
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** All it printed, for messages of failures. */
  public String said() {
    return String.join("\n", out) + "\n" + String.join("\n", err);
  }
}
