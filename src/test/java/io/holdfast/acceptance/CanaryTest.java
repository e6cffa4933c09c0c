package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A journal that is stuck although its database answers. */
final class CanaryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Database DATABASE = new Database();
  private static NodeHome home;

  @BeforeAll
  static void start() {
    home = NodeHome.on(DATABASE.started())
        .conf("holdfast.journal.canary { every = 500 ms, patience = 12 s }");
  }

  @AfterAll
  static void tidyUp() {
    home.close();
    DATABASE.close();
  }

  @Test
  void aNodeWhoseJournalIsStuckSaysSoAndEndsToBeStartedAgain() throws Exception {
    try (NodeProcess node = home.start();
        Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement()) {
      await().atMost(PATIENCE).until(() -> canaries(statement) > 0 && canaryAge(node) < 3);
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE event_journal, canary IN ACCESS EXCLUSIVE MODE");

      assertThat(node.process().awaitExit(PATIENCE)).isEqualTo(3);
      assertThat(node.process().said()).contains("wrote nothing").contains("ending this node");
    }
    try (NodeProcess node = home.start()) {
      assertThat(node.http().put("/v1/state/" + Names.entity("note"), "1").status())
          .isEqualTo(200);
    }
  }

  @Test
  void aNodeWhoseDatabaseIsDownStaysAndServesAgain() {
    try (NodeProcess node = home.start()) {
      String note = "/v1/state/" + Names.entity("note");
      assertThat(node.http().put(note, "1").status()).isEqualTo(200);
      DATABASE.kill();
      await().atMost(PATIENCE).until(() -> canaryAge(node) > 15);

      assertThat(node.process().isAlive()).isTrue();
      assertThat(node.ops().get("/health/live").status()).isEqualTo(200);
      assertThat(node.ops().get("/health/ready").status()).isEqualTo(200);
      DATABASE.start();
      await().atMost(PATIENCE).until(() -> node.http().put(note, "2").status() == 200);
      await().atMost(PATIENCE).until(() -> canaryAge(node) < 3);
      assertThat(node.process().isAlive()).isTrue();
    }
  }

  private static int canaries(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM canary")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static double canaryAge(NodeProcess node) {
    return node.ops()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("holdfast_canary_age_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
