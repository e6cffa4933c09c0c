package io.holdfast.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a cluster on this machine. */
@Command(
    name = "cluster",
    description = {
      "Run several nodes as one cluster on this machine, until it is stopped: to try things out.",
      "HOLDFAST_JDBC_URL (and _USER, _PASSWORD) names the PostgreSQL they share. Every other setting of"
          + " `holdfast serve` counts for all of them, except ports."
    },
    footer = {
      "  holdfast cluster",
      "  holdfast cluster --nodes 5 --base-port 9080",
    })
final class ClusterCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Map<String, String> environment;

  @Mixin
  final HelpOption help = new HelpOption();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many, 1 to 10. Odd, so that a split leaves a majority. Default: 3.")
  private int nodes = 3;

  @Option(
      names = "--base-port",
      paramLabel = "PORT",
      description = {
        "The first node's public port; the others' follow. Ops ports are 10 above, remoting 17441.",
        "Default: 8080."
      })
  private int basePort = 8080;

  ClusterCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    ClusterPlan plan = ClusterPlan.of(nodes, basePort);
    checkDatabase();
    for (int port : plan.ports()) {
      checkFree(port);
    }
    LocalCluster cluster = LocalCluster.start(plan, serve(), environment, terminal);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster), "stop"));
    cluster.awaitUp();
    terminal.line(cluster.greeting());
    terminal.out().flush();
    if (cluster.awaitEnd()) {
      throw new CommandFailed(ExitCode.REFUSED, "cluster: no node left");
    }
    return ExitCode.OK.number();
  }

  /** The embedded database is for one process. */
  private void checkDatabase() throws CommandFailed {
    String url = environment.getOrDefault("HOLDFAST_JDBC_URL", "");
    if (url.startsWith("jdbc:postgresql:") || environment.containsKey("HOLDFAST_JDBC_URL_FILE")) {
      return;
    }
    throw new CommandFailed(
        ExitCode.USAGE,
        "HOLDFAST_JDBC_URL: %s (expected: a PostgreSQL that all nodes share, such as jdbc:postgresql://localhost:5432/holdfast)"
            .formatted(url.isEmpty() ? "not set" : "not PostgreSQL"));
  }

  private static void checkFree(int port) throws CommandFailed {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException taken) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "port: %d is in use (expected: a free one; --base-port moves them all)".formatted(port));
    }
  }

  /** The launcher that started this one; without it, this Java with these classes. */
  private static List<String> serve() {
    String launcher = System.getProperty("holdfast.launcher", "");
    if (!launcher.isEmpty()) {
      return List.of(launcher, "serve");
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java,
        "-Xmx512m",
        "-cp",
        System.getProperty("java.class.path"),
        "io.holdfast.Main",
        "serve");
  }

  /** Runs on SIGTERM and Ctrl-C, for which the JVM would exit with 143 or 130 however orderly the stop was. */
  private static void stop(LocalCluster cluster) {
    if (cluster.stop()) {
      Runtime.getRuntime().halt(0);
    }
  }
}
