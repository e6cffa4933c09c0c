package io.holdfast.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * {@code mvn -q -Ptry-cluster}: a PostgreSQL of its own under {@code target/try-cluster} and {@code holdfast cluster} on it, until
 * Ctrl-C. The data stay until {@code mvn clean}.
 */
final class TryCluster {
  private static final String DATABASE = "database";
  private static final Path DIRECTORY = Path.of("target", "try-cluster");

  private TryCluster() {}

  public static void main(String[] args) throws IOException {
    if (args.length > 0 && args[0].equals(DATABASE)) {
      database();
      return;
    }
    Terminal terminal = Terminal.system();
    terminal.note("starting PostgreSQL and three nodes, which takes some seconds");
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("HOLDFAST_JDBC_URL", startDatabase());
    environment.put("HOLDFAST_JDBC_USER", "postgres");
    CommandLine cluster = new CommandLine(new ClusterCommand(terminal, environment))
        .setExecutionExceptionHandler(new Failures(terminal));
    System.exit(cluster.execute(args));
  }

  /**
   * A process of its own, deaf to Ctrl-C: it must outlive the nodes, and ends when this one has. Here it would be stopped at the
   * same time as they.
   */
  private static String startDatabase() throws IOException {
    Process process = new ProcessBuilder(
            "sh",
            "-c",
            "trap '' INT HUP; exec \"$@\"",
            DATABASE,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            TryCluster.class.getName(),
            DATABASE)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String url = lines.readLine();
    if (url == null) {
      throw new IOException("PostgreSQL: did not start (expected: the lines above say why)");
    }
    return url;
  }

  private static void database() throws IOException {
    Files.createDirectories(DIRECTORY);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
        .setDataDirectory(DIRECTORY.resolve("postgres"))
        .setCleanDataDirectory(false)
        .setServerConfig("synchronous_commit", "on")
        .start()) {
      System.out.println("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
      awaitEndOfInput();
    }
  }

  /** Its other end is the process that asked for the database. */
  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is said this way.
    }
  }
}
