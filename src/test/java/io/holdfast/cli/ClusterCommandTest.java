package io.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ClusterCommandTest {
  private final Cli cli = new Cli("");

  private Cli.Run run(Map<String, String> environment, String... arguments) {
    CommandLine line = new CommandLine(new ClusterCommand(cli.terminal(), environment))
        .setExecutionExceptionHandler(new Failures(cli.terminal()));
    int exitCode = line.execute(arguments);
    return new Cli.Run(exitCode, cli.out.toString(UTF_8), cli.err.toString(UTF_8));
  }

  @Test
  void saysInOneLineThatItNeedsADatabase() {
    assertThat(run(Map.of()))
        .isEqualTo(new Cli.Run(
            2,
            "",
            "holdfast: HOLDFAST_JDBC_URL: not set (expected: a PostgreSQL that all nodes share, such as"
                + " jdbc:postgresql://localhost:5432/holdfast)\n"));
  }

  @Test
  void refusesADatabaseForOneProcessWithoutShowingIt() {
    var run = run(Map.of("HOLDFAST_JDBC_URL", "jdbc:h2:file:/x;PASSWORD=geheim"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("not PostgreSQL").doesNotContain("geheim").hasLineCount(1);
  }

  @Test
  void refusesAPortInUseBeforeItStartsAnything() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      var run = run(
          Map.of("HOLDFAST_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/x"),
          "--base-port",
          String.valueOf(port > 40_000 ? port - 17_441 : port),
          "--nodes",
          "1");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("port: " + port + " is in use").hasLineCount(1);
    }
  }

  @Test
  void refusesMoreNodesThanThereAreNumbersFor() {
    var run = run(Map.of("HOLDFAST_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/x"), "--nodes", "11");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("holdfast: --nodes: 11 (expected: 1–10)\n");
  }
}
