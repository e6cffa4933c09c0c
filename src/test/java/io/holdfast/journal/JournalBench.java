package io.holdfast.journal;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A journal in some database, empty before each test. */
abstract class JournalBench {
  ActorSystem system;
  JournalWriter writer;
  Tables tables;

  abstract JdbcSettings settings() throws Exception;

  @BeforeEach
  void open() throws Exception {
    JdbcSettings settings = settings();
    new Migrations(settings, line -> {}).run(Duration.ofMillis(200));
    empty(settings);
    Config config = settings
        .toConfig()
        .withFallback(ConfigFactory.parseString(
            "akka { actor.provider = local, coordinated-shutdown.exit-jvm = off }"))
        .withFallback(ConfigFactory.parseResources("runtime.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
    system = ActorSystem.create("journal", config);
    tables = Tables.of(system);
    writer = new JournalWriter(
        new Inserts(settings.dialect(), tables::open), 2, 50, 1000, Runnable::run);
    writer.start();
  }

  private static void empty(JdbcSettings settings) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM \"event_journal\"");
      statement.execute("DELETE FROM \"snapshot\"");
      statement.execute("DELETE FROM \"head_anchor\"");
    }
  }

  @AfterEach
  void close() {
    writer.stop();
    TestKit.shutdownActorSystem(system);
  }

  static Row row(String entity, long number, String text) {
    return new Row(
        entity, number, "w", 1, 40001, "hf.event.1", text.getBytes(StandardCharsets.UTF_8));
  }

  List<StoredEvent> events(String entity) throws Exception {
    return tables.events(entity, 1, Long.MAX_VALUE, 10_000, false);
  }

  void write(Row... rows) throws Exception {
    writer.write(List.of(rows)).get(10, TimeUnit.SECONDS);
  }
}
