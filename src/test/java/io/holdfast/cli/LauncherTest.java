package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher with a Java that only tells how it was called. */
class LauncherTest {
  private static final String ECHO =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then echo 'openjdk version "%s" 2021-10-19' >&2; exit; fi
      echo "pid=$$ conf=$HOLDFAST_CONF"
      for word in "$@"; do echo "$word"; done
      """;

  @TempDir
  private Path directory;

  private Path home;

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(directory.resolve("hold fast"));
    Files.createDirectories(home.resolve("lib"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path source = Path.of(System.getProperty("holdfast.project", "."), "src/dist/bin/holdfast");
    executable(bin.resolve("holdfast"), Files.readString(source));
    java("17.0.15");
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private void java(String version) throws IOException {
    executable(directory.resolve("jdk/bin/java"), ECHO.formatted(version));
  }

  private Cli.Run run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("HOLDFAST_") || name.equals("JAVA_HOME"));
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Cli.Run(process.waitFor(), out, err);
  }

  private Cli.Run launch(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(List.of(home.resolve("bin/holdfast").toString()));
    command.addAll(List.of(arguments));
    return run(environment, command);
  }

  @Test
  void startsTheMainClassWithAllArgumentsAsTheyWere() throws Exception {
    var run = launch(Map.of(), "get", "room/lobby", "--pointer", "/a b");

    assertThat(run.out().lines())
        .endsWith(
            "-cp",
            home.toRealPath() + "/lib/*",
            "io.holdfast.Main",
            "get",
            "room/lobby",
            "--pointer",
            "/a b");
  }

  @Test
  void tellsWhereItIsSoThatACommandCanStartNodes() throws Exception {
    assertThat(launch(Map.of(), "cluster").out().lines())
        .contains("-Dholdfast.launcher=" + home.toRealPath() + "/bin/holdfast");
  }

  @Test
  void startsClientsFastAndServersForLowPauses() throws Exception {
    assertThat(launch(Map.of(), "get", "serve/x").out())
        .contains("-XX:TieredStopAtLevel=1")
        .doesNotContain("G1GC");
    assertThat(launch(Map.of(), "serve").out())
        .contains("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=", "-XX:+ExitOnOutOfMemoryError")
        .doesNotContain("TieredStopAtLevel");
  }

  @Test
  void letsTheOperatorsOptionsWinOverItsOwn() throws Exception {
    var run = launch(Map.of("HOLDFAST_JAVA_OPTS", "-Xmx4g -XX:+UseZGC"), "serve");

    assertThat(run.out().lines()).contains("-Xmx4g", "-XX:+UseZGC").doesNotContain("-XX:+UseG1GC");
  }

  @Test
  void keepsServerOptionsAwayFromClients() throws Exception {
    assertThat(launch(Map.of("HOLDFAST_JAVA_OPTS", "-Xmx64g"), "get", "a/b").out())
        .doesNotContain("-Xmx64g");
  }

  @Test
  void takesTheConfigurationBesideItselfUnlessToldOtherwise() throws Exception {
    assertThat(launch(Map.of(), "serve").out()).contains("conf=" + home.toRealPath() + "/conf\n");
    assertThat(launch(Map.of("HOLDFAST_CONF", "/etc/holdfast"), "serve").out())
        .contains("conf=/etc/holdfast\n");
  }

  @Test
  void findsItsHomeThroughLinks() throws Exception {
    Path first =
        Files.createSymbolicLink(directory.resolve("first"), Path.of("hold fast/bin/holdfast"));
    Path second = Files.createSymbolicLink(directory.resolve("second"), first.toAbsolutePath());

    assertThat(run(Map.of(), List.of(second.toString(), "serve")).out())
        .contains(home.toRealPath() + "/lib/*");
  }

  @Test
  void becomesJavaSoThatSignalsReachIt() throws Exception {
    var run = run(
        Map.of(),
        List.of(
            "sh",
            "-c",
            "echo $$; exec \"$0\" serve",
            home.resolve("bin/holdfast").toString()));

    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(1)).startsWith("pid=" + lines.get(0) + " ");
  }

  @Test
  void refusesAnOldJavaWithOneLine() throws Exception {
    java("11.0.2");

    var run = launch(Map.of(), "serve");

    assertThat(run)
        .isEqualTo(new Cli.Run(
            2,
            "",
            "holdfast: java: 11.0.2 at %s/jdk/bin/java (expected: 17 or later)\n"
                .formatted(directory)));
  }

  @Test
  void asksTheReleaseFileBeforeItAsksJava() throws Exception {
    java("1.8.0_392");
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"21\"\n");

    assertThat(launch(Map.of(), "serve").exitCode()).isZero();
  }

  @Test
  void refusesAHomeWithoutJava() throws Exception {
    var run = launch(Map.of("JAVA_HOME", "/nowhere"), "serve");

    assertThat(run)
        .isEqualTo(new Cli.Run(
            2,
            "",
            "holdfast: JAVA_HOME: /nowhere has no bin/java (expected: a Java 17 or later)\n"));
  }

  @Test
  void namesTheMissingJars() throws Exception {
    Files.delete(home.resolve("lib"));

    assertThat(launch(Map.of(), "serve").err())
        .startsWith("holdfast: " + home.toRealPath() + "/lib: missing")
        .hasLineCount(1);
  }
}
