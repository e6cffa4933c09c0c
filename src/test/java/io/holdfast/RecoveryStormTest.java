package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many entities that are asked for at once, as after a restart. */
final class RecoveryStormTest {
  private static final int ENTITIES = 1_500;
  /** akka.persistence.max-concurrent-recoveries. */
  private static final double AT_ONCE = 32;

  @Test
  void aFewRecoverAtATimeUntilAllHave(@TempDir Path directory) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Workshop workshop = Workshop.in(
            directory,
            Map.of(
                "HOLDFAST_JDBC_URL",
                postgres.getJdbcUrl("postgres", "postgres"),
                "HOLDFAST_JDBC_USER",
                "postgres"))) {
      List<Entity> entities = Stream.generate(workshop::entity).limit(ENTITIES).toList();
      try (Connection connection = workshop.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("LOCK TABLE snapshot IN ACCESS EXCLUSIVE MODE");
        entities.forEach(Entity::callUp);
        await().atMost(Duration.ofSeconds(20)).until(() -> loading(workshop) == AT_ONCE);
        assertThat(loading(workshop)).isEqualTo(AT_ONCE);
        connection.rollback();
      }
      for (Entity entity : entities) {
        entity.assertServesNothingYet();
      }
      assertThat(workshop.meter("holdfast_recoveries_total{outcome=\"failed\"}"))
          .isZero();
      assertThat(workshop.meter("holdfast_quarantined")).isZero();
    }
  }

  private static double loading(Workshop workshop) {
    return workshop.meter("holdfast_recoveries_loading");
  }
}
