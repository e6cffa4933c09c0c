package io.holdfast.journal;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database's tables to this version's shape, waiting for a database that is not there yet. */
public final class Migrations {
  private static final int H2_LOCKED = 90020;

  /** The database is in use by another process, or cannot be what we need: waiting would not help. */
  public static final class Hopeless extends Exception {
    private static final long serialVersionUID = 1;

    Hopeless(String message) {
      super(message);
    }
  }

  private final JdbcSettings settings;
  private final Consumer<String> log;

  public Migrations(JdbcSettings settings, Consumer<String> log) {
    this.settings = settings;
    this.log = log;
  }

  /** Returns when the tables are there; asks again every {@code pause} while the database is down. */
  public void run(Duration pause) throws Hopeless, InterruptedException {
    while (!isReachable()) {
      log.accept("database: %s not reachable, asking again every %d s"
          .formatted(settings, pause.toSeconds()));
      java.util.concurrent.TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }
    migrate();
  }

  private boolean isReachable() throws Hopeless {
    try {
      DriverManager.getConnection(settings.url(), settings.login()).close();
      return true;
    } catch (SQLException failed) {
      refuseHopeless(failed);
      return false;
    }
  }

  private void refuseHopeless(SQLException failed) throws Hopeless {
    String state = failed.getSQLState() == null ? "" : failed.getSQLState();
    if (failed.getErrorCode() == H2_LOCKED) {
      throw new Hopeless(
          "data directory: %s is in use by another process (expected: one node per directory)"
              .formatted(settings));
    }
    if (settings.dialect() == Dialect.H2 || state.startsWith("28") || state.startsWith("3D")) {
      throw new Hopeless("database: %s: %s".formatted(settings, firstLine(failed)));
    }
  }

  private static String firstLine(Throwable failed) {
    return String.valueOf(failed.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private void migrate() throws Hopeless {
    try {
      Flyway.configure()
          .dataSource(
              settings.url(),
              settings.user().isEmpty() ? null : settings.user(),
              settings.password())
          .locations(settings.dialect().migrations())
          .load()
          .migrate();
    } catch (FlywayException failed) {
      throw new Hopeless(
          "database: %s: migration failed: %s".formatted(settings, firstLine(failed)));
    }
  }
}
