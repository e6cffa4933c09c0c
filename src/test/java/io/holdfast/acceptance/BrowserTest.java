package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page at / in a real browser: a board, several people, trouble. */
class BrowserTest {

  @Test
  void everybodyEndsWithTheSameBoard(@TempDir Path directory) throws Exception {
    File said = directory.resolve("said.log").toFile();
    String origin = "http://localhost:" + FreePort.find();
    try (NodeHome home = NodeHome.create()
            .with("HOLDFAST_CONF", Path.of("conf").toAbsolutePath().toString())
            .with("HOLDFAST_ORIGINS", origin);
        NodeProcess node = home.start()) {
      Process browser = new ProcessBuilder(
              "bash", "src/test/sh/browser.sh", "http://127.0.0.1:" + node.httpPort(), origin)
          .redirectErrorStream(true)
          .redirectOutput(said)
          .start();

      assertThat(browser.waitFor(5, TimeUnit.MINUTES))
          .as("the browser came to an end")
          .isTrue();
      assertThat(browser.exitValue())
          .as(Files.readString(said.toPath(), StandardCharsets.UTF_8))
          .isZero();
    }
  }
}
