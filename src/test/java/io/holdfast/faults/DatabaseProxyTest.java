package io.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DatabaseProxyTest {
  private static final String INSERT = "INSERT INTO \"event_journal\" VALUES (1)";
  private static EmbeddedPostgres postgres;
  private static DatabaseProxy proxy;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    proxy = DatabaseProxy.to(postgres.getPort());
    try (Connection direct = postgres.getPostgresDatabase().getConnection()) {
      execute(direct, "CREATE TABLE event_journal (n INT)");
    }
  }

  @AfterEach
  void pass() {
    proxy.cutAfterCommits(0);
    proxy.pass();
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.close();
    postgres.close();
  }

  private static Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("socketTimeout", "1");
    return DriverManager.getConnection(proxy.url(), login);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int events() throws SQLException {
    try (Connection direct = postgres.getPostgresDatabase().getConnection();
        Statement statement = direct.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM event_journal")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void letsThroughWhatItIsToldTo() throws Exception {
    int before = events();
    try (Connection connection = connect()) {
      execute(connection, INSERT);
    }
    assertThat(events()).isEqualTo(before + 1);
  }

  @Test
  void aBlackHoleSwallowsWhatWasSentUntilItLetsGo() throws Exception {
    try (Connection connection = connect()) {
      proxy.blackHole();
      assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(DatabaseProxyTest::connect).isInstanceOf(SQLException.class);
    proxy.pass();
    try (Connection connection = connect()) {
      execute(connection, "SELECT 1");
    }
  }

  @Test
  void slownessHoldsEveryAnswerBack() throws Exception {
    try (Connection connection = connect()) {
      proxy.slow(Duration.ofHours(1));
      assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void refusingEndsWhatIsOpenAndWhatComes() throws Exception {
    try (Connection connection = connect()) {
      proxy.refuse();
      assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(DatabaseProxyTest::connect).isInstanceOf(SQLException.class);
  }

  @Test
  void aCutLosesTheAnswerButNotTheCommit() throws Exception {
    int before = events();
    int cutsBefore = proxy.cuts();
    proxy.cutAfterCommits(1);
    try (Connection connection = connect()) {
      execute(connection, "SELECT 1");
      assertThatThrownBy(() -> execute(connection, INSERT)).isInstanceOf(SQLException.class);
    }
    assertThat(events()).isEqualTo(before + 1);
    assertThat(proxy.cuts()).isEqualTo(cutsBefore + 1);
    try (Connection connection = connect()) {
      execute(connection, INSERT);
    }
  }
}
