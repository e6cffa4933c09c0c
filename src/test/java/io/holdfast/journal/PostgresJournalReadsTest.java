package io.holdfast.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresJournalReadsTest extends JournalReadsContract {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Override
  JdbcSettings settings() {
    return JdbcSettings.external(
        postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
  }
}
