package io.holdfast;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import io.holdfast.entity.Catalog;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One running node. */
final class Server {
  private Server() {}

  private static final int JOURNAL_STUCK = 3;

  /** Starts and returns once stopped: 0, 1 if it could not start, 3 if it ended itself because its journal was stuck. */
  static int run(ServerSettings settings, Catalog catalog) {
    CompletableFuture<Guardian.Started> started = new CompletableFuture<>();
    ActorSystem<Void> system = ActorSystem.create(
        Guardian.create(settings, catalog, started), "holdfast", settings.config());
    system
        .getWhenTerminated()
        .whenComplete((done, failed) -> started.completeExceptionally(ended()));
    try {
      System.out.print(Greeting.of(settings, started.join()));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system), "stop"));
      system.getWhenTerminated().toCompletableFuture().join();
      return exitCode(system);
    } catch (CompletionException failed) {
      system.terminate();
      return ServeCommand.refuse(reason(settings, failed));
    }
  }

  private static Exception ended() {
    return new IllegalStateException("node: ended before it served (expected: the log says why)");
  }

  /** Runs on SIGTERM, for which the JVM would exit with 143 however orderly the stop was. */
  private static void stop(ActorSystem<Void> system) {
    CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
    system.getWhenTerminated().toCompletableFuture().join();
    Runtime.getRuntime().halt(exitCode(system));
  }

  private static int exitCode(ActorSystem<Void> system) {
    return CoordinatedShutdown.get(system)
        .getShutdownReason()
        .filter(Integrity.End.JOURNAL_STUCK::equals)
        .map(stuck -> JOURNAL_STUCK)
        .orElse(0);
  }

  private static String reason(ServerSettings settings, Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "port: %s or %s is in use (expected: free ones, see HOLDFAST_HTTP_PORT and HOLDFAST_OPS_PORT)"
            .formatted(settings.http().port(), settings.ops().port());
      }
    }
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return "start: " + cause.getMessage();
  }
}
