package io.holdfast.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Commands of the system that only root may give: Linux. */
public final class RootCommand {
  private RootCommand() {}

  /** Runs it to its end; IllegalStateException says what it said if it failed. */
  public static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "%s: %s (expected: root on Linux)".formatted(String.join(" ", command), said));
      }
    } catch (IOException missing) {
      throw new IllegalStateException(
          "%s: not to be run here (expected: root on Linux)".formatted(command[0]), missing);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }
}
