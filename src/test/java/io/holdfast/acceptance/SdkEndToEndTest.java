package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser client in a real browser against real nodes; the tests themselves are in {@code src/ts/e2e}. */
final class SdkEndToEndTest {

  @Test
  void whateverBreaksAllAreEqualNothingIsLostNothingIsThereTwice(@TempDir Path directory)
      throws Exception {
    File said = directory.resolve("said").toFile();
    try (Database database = new Database().started()) {
      ProcessBuilder builder = new ProcessBuilder("bash", "src/test/sh/sdk.sh", "--lanes", "2")
          .redirectErrorStream(true)
          .redirectOutput(said);
      builder.environment().put("HOLDFAST", launcher(directory).toString());
      builder.environment().put("E2E_JDBC_URL", database.url());
      builder.environment().put("E2E_SAME_BUILD", "yes");
      Process tests = builder.start();
      try {
        assertThat(tests.waitFor(8, TimeUnit.MINUTES)).as("they came to an end").isTrue();
      } finally {
        tests.destroy();
      }

      String text = Files.readString(said.toPath(), StandardCharsets.UTF_8);
      System.out.println(text);
      assertThat(tests.exitValue()).as(text).isZero();
    }
  }

  /** Starts what is being tested, not what happens to be packaged. */
  private static Path launcher(Path directory) throws IOException {
    Path launcher = Files.writeString(
        directory.resolve("holdfast"),
        """
        #!/bin/sh
        exec '%s' $HOLDFAST_JAVA_OPTS -cp '%s' io.holdfast.Main "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return launcher;
  }
}
