package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.acceptance.HttpCalls.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's tour, command by command, on a real node; what it prints must be what the README shows. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(\\$ .*?)^```");
  private static final Pattern VARYING =
      Pattern.compile("\\d{13}\\.\\d+|\\d{13}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  /** A command and what it prints. */
  private record Step(String command, String output) {}

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
    while (block.find()) {
      for (String part : block.group(1).split("(?m)^\\$ ", -1)) {
        if (!part.isBlank()) {
          int end = part.indexOf('\n');
          steps.add(new Step(part.substring(0, end), part.substring(end + 1)));
        }
      }
    }
    return steps;
  }

  @Test
  void theTourPrintsWhatItSays() throws Exception {
    try (NodeHome home = NodeHome.create()
            .with("HOLDFAST_CONF", Path.of("conf").toAbsolutePath().toString());
        NodeProcess node = home.start()) {
      Path shell = shell(home, node);
      List<Step> steps = steps();
      assertThat(steps).hasSizeGreaterThan(5);
      for (Step step : steps) {
        if (!step.command().startsWith("holdfast watch")) {
          assertThat(masked(run(shell, step.command())))
              .as(step.command())
              .isEqualTo(masked(step.output()));
        }
      }
      Answer page = node.http().get("/");
      assertThat(page.status()).isEqualTo(200);
    }
  }

  private static String masked(String output) {
    return VARYING.matcher(output).replaceAll("…");
  }

  /** A directory with {@code holdfast} on its path, talking to the node. */
  private static Path shell(NodeHome home, NodeProcess node) throws IOException {
    Path bin = Files.createDirectories(home.directory().resolve("bin"));
    Path holdfast = bin.resolve("holdfast");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        holdfast,
        "#!/bin/sh\nHOLDFAST_URL=%s exec %s -XX:TieredStopAtLevel=1 -cp '%s' io.holdfast.Main \"$@\"\n"
            .formatted(node.url(), java, System.getProperty("java.class.path")));
    assertThat(holdfast.toFile().setExecutable(true)).isTrue();
    return home.directory();
  }

  private static String run(Path directory, String command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
        .directory(directory.toFile())
        .redirectErrorStream(true);
    builder
        .environment()
        .put("PATH", directory.resolve("bin") + ":" + builder.environment().get("PATH"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void namesTheTwoCommandsThatTheBuildAndTheScriptsUse() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(readme)
        .contains("mvn -q -DskipTests package && target/holdfast/bin/holdfast serve")
        .contains("mvn -q verify");
    assertThat(Files.readString(Path.of(".ci/run"))).contains("mvn -q verify");
  }
}
