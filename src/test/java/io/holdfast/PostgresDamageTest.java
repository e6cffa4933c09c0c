package io.holdfast;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

final class PostgresDamageTest extends DamageContract {
  private EmbeddedPostgres postgres;

  @Override
  Map<String, String> database() throws IOException {
    postgres = EmbeddedPostgres.start();
    return Map.of(
        "HOLDFAST_JDBC_URL",
        postgres.getJdbcUrl("postgres", "postgres"),
        "HOLDFAST_JDBC_USER",
        "postgres");
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }
}
