package io.holdfast.journal;

import akka.actor.ActorSystem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a sign of life through the journal's own queue again and again. Where that stays away while a connection of its own gets
 * answers, the journal is stuck for good and only a new process helps; where the database is down for both, nothing is done.
 */
public final class Canary {
  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);
  private static final long FORGOTTEN_AFTER_MS = TimeUnit.DAYS.toMillis(1);

  private final JournalGauges journal;
  private final CanarySettings settings;
  private final JdbcSettings jdbc;
  private final String node;
  private final Runnable onStuck;
  private final Pulse pulse;
  private volatile long writtenAt = System.nanoTime();
  private CompletableFuture<Void> beat = CompletableFuture.completedFuture(null);
  private boolean told;

  private Canary(
      JournalGauges journal,
      CanarySettings settings,
      JdbcSettings jdbc,
      String node,
      Runnable onStuck) {
    this.journal = journal;
    this.settings = settings;
    this.jdbc = jdbc;
    this.node = node;
    this.onStuck = onStuck;
    this.pulse = new Pulse(settings.patience(), System.nanoTime());
  }

  /** Watches until the system ends; {@code onStuck} is run once, on a thread of the canary's. */
  public static Canary start(ActorSystem system, JdbcSettings jdbc, String node, Runnable onStuck) {
    CanarySettings settings = CanarySettings.from(system.settings().config());
    Canary canary = new Canary(JournalGauges.of(system), settings, jdbc, node, onStuck);
    Rounds rounds = Rounds.start("canary", settings.every(), canary::round);
    system.registerOnTermination(rounds::stop);
    return canary;
  }

  /** How long ago the canary was written last, or the node started. */
  public long ageSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - writtenAt);
  }

  private void round() {
    Optional<JournalWriter> writer = journal.writer();
    if (writer.isEmpty()) {
      return;
    }
    if (beat.isDone()) {
      beat = writer.get().run(this::write).thenRun(() -> writtenAt = System.nanoTime());
    }
    pulse.wrote(writer.get().writtenAt());
    if (pulse.isSilent(System.nanoTime(), settings.every().multipliedBy(2))) {
      pulse.database(databaseAnswers(), System.nanoTime());
    }
    if (pulse.isStuck(System.nanoTime()) && !told) {
      told = true;
      LOG.error(
          "journal: wrote nothing for {} s while the database answers: ending this node, to be started again",
          ageSeconds());
      onStuck.run();
    }
  }

  private void write(Connection connection) throws SQLException {
    Dialect dialect = jdbc.dialect();
    long now = System.currentTimeMillis();
    try (PreparedStatement upsert = connection.prepareStatement(dialect.upsertCanary())) {
      upsert.setString(1, node);
      upsert.setLong(2, now);
      upsert.executeUpdate();
    }
    forgetOthers(connection, now);
  }

  /** Nodes that left for good. */
  private static void forgetOthers(Connection connection, long now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM \"canary\" WHERE \"at\" < ?")) {
      delete.setLong(1, now - FORGOTTEN_AFTER_MS);
      delete.executeUpdate();
    }
  }

  private boolean databaseAnswers() {
    try (Connection connection = DriverManager.getConnection(jdbc.url(), jdbc.login());
        Statement statement = connection.createStatement()) {
      return statement.execute("SELECT 1");
    } catch (SQLException down) {
      return false;
    }
  }
}
