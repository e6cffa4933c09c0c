package io.holdfast;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

final class PostgresDamageTest extends DamageContract {
  private @Nullable EmbeddedPostgres postgres;

  @Override
  Map<String, String> database() throws IOException {
    EmbeddedPostgres started = EmbeddedPostgres.start();
    postgres = started;
    return Map.of(
        "HOLDFAST_JDBC_URL",
        started.getJdbcUrl("postgres", "postgres"),
        "HOLDFAST_JDBC_USER",
        "postgres");
  }

  @AfterAll
  void stop() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
