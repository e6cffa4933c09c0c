package io.holdfast;

import io.holdfast.entity.Catalog;
import io.holdfast.journal.Migrations;
import io.holdfast.kind.KindRefused;
import io.holdfast.kind.Kinds;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code holdfast serve}: runs a node until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs a node until it is stopped (SIGTERM lets clients and writes finish).",
    footer = {
      "",
      "Settings come from conf/holdfast.conf and the environment:",
      "  HOLDFAST_HTTP_HOST HOLDFAST_HTTP_PORT  public port (127.0.0.1, 8080)",
      "  HOLDFAST_OPS_HOST HOLDFAST_OPS_PORT    health and metrics (127.0.0.1, 8090)",
      "  HOLDFAST_CONF HOLDFAST_DATA            directories (conf, data)",
      "  HOLDFAST_JDBC_URL _USER _PASSWORD      PostgreSQL instead of the embedded database",
      "  HOLDFAST_JWT_SECRET, HOLDFAST_JWKS_URL  who may connect; neither: dev mode",
      "  HOLDFAST_JWT_ISSUER _AUDIENCE          what tokens must say",
      "  HOLDFAST_ORIGINS                       web origins that may connect",
      "  HOLDFAST_SEED_NODES                    host:port of the nodes to join, separated by commas",
      "  HOLDFAST_REMOTING_HOST _PORT           where other nodes reach this one (127.0.0.1, 25520)",
      "  HOLDFAST_CLUSTER_BOOTSTRAP             on: find them by asking Kubernetes instead",
      "  HOLDFAST_APP_VERSION                   for rolling updates: entities move to the newest first",
      "  HOLDFAST_LOG                           text or json",
      "Secrets may come from files: HOLDFAST_JWT_SECRET_FILE and so on.",
      "",
      "Exit codes: 0 stopped, 1 could not start (one line says why), 3 the journal was",
      "stuck though its database answered: to be started again."
    })
final class ServeCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    try {
      return serve();
    } catch (IllegalArgumentException | KindRefused | Migrations.Hopeless refused) {
      return refuse(String.valueOf(refused.getMessage()));
    }
  }

  private static int serve() throws InterruptedException, KindRefused, Migrations.Hopeless {
    ServerSettings settings = ServerSettings.load(System.getenv());
    if (settings.config().getString("holdfast.log").equals("json")) {
      System.setProperty("logback.configurationFile", "logback-json.xml");
    }
    Logger log = LoggerFactory.getLogger("holdfast");
    Kinds kinds = Kinds.load(settings.conf().resolve("kinds"));
    Catalog catalog = Catalog.of(kinds);
    warnOfSlowSchemas(catalog, log);
    Duration retry = settings.config().getDuration("holdfast.jdbc.retry");
    new Migrations(settings.jdbc(), log::warn).run(retry);
    return Server.run(settings, catalog);
  }

  private static void warnOfSlowSchemas(Catalog catalog, Logger log) {
    catalog.all().forEach(kind -> kind.kind().schema().ifPresent(schema -> schema
        .notIncremental()
        .forEach(pointer -> log.warn(
            "kind {}: schema {}: a change below is checked with all around it",
            kind.kind().name(),
            pointer))));
  }

  static int refuse(String why) {
    System.err.println("holdfast: " + why.replace('\n', ' '));
    return 1;
  }
}
