package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.faults.DatabaseProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that is neither well nor dead: slow, silent, without connections, or gone after a commit. */
final class SickDatabaseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String INC = "[{'op':'inc','path':'/n','value':1}]";
  private static final Database DATABASE = new Database();
  private static DatabaseProxy proxy;
  private static NodeHome home;
  private static NodeProcess node;

  @BeforeAll
  static void start() throws SQLException {
    DATABASE.start();
    sql("CREATE ROLE guest LOGIN", "GRANT ALL ON SCHEMA public TO guest");
    proxy = DatabaseProxy.to(DATABASE.port());
    home = NodeHome.create()
        .with("HOLDFAST_JDBC_URL", proxy.url())
        .with("HOLDFAST_JDBC_USER", "guest")
        .conf("holdfast.replica { renew = 3 s, unavailable-after = 5 s, close-after = 6 s }");
    node = home.start();
  }

  @AfterEach
  void heal() {
    proxy.cutAfterCommits(0);
    proxy.pass();
  }

  @AfterAll
  static void tidyUp() {
    node.close();
    proxy.close();
    home.close();
    DATABASE.close();
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String note() {
    String path = "/v1/state/" + Names.entity("note");
    assertThat(node.http().put(path, "{'n':0}").status()).isEqualTo(200);
    return path;
  }

  private static void assertUnavailableAndHealthy(String note) {
    HttpCalls.Answer write = node.http().patch(note, INC);
    HttpCalls.Answer other = node.http().get("/v1/state/" + Names.entity("note"));
    assertThat(write.status()).isEqualTo(503);
    assertThat(write.code()).isEqualTo("unavailable");
    assertThat(other.code()).isEqualTo("unavailable");
    assertThat(node.http().get(note).status()).isEqualTo(200);
    assertThat(node.ops().get("/health/live").status()).isEqualTo(200);
    assertThat(node.ops().get("/health/ready").status()).isEqualTo(200);
    assertThat(node.ops().get("/admin/quarantine").text()).isEqualTo("[]");
  }

  private static void assertServesAgain(String note) {
    await().atMost(PATIENCE).until(() -> node.http().patch(note, INC).status() == 200);
    assertThat(node.http().put("/v1/state/" + Names.entity("note"), "1").status())
        .isEqualTo(200);
    assertThat(node.ops().get("/admin/quarantine").text()).isEqualTo("[]");
  }

  @Test
  void aBlackHoleCostsNeitherHealthNorMemory() {
    String note = note();
    proxy.blackHole();

    assertUnavailableAndHealthy(note);
    assertThat(node.process().isAlive()).isTrue();
    proxy.pass();
    assertServesAgain(note);
  }

  @Test
  void aDatabaseThatTurnsEverybodyAwayIsComeBackTo() {
    String note = note();
    proxy.refuse();

    assertUnavailableAndHealthy(note);
    proxy.pass();
    assertServesAgain(note);
  }

  @Test
  void aDatabaseOutOfConnectionsIsComeBackTo() throws SQLException {
    String note = note();
    sql(
        "ALTER ROLE guest CONNECTION LIMIT 0",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'guest'");

    assertUnavailableAndHealthy(note);
    sql("ALTER ROLE guest CONNECTION LIMIT -1");
    assertServesAgain(note);
  }

  @Test
  void answersThatTakeFiveSecondsDelayCommandsAndNothingElse() {
    String note = note();
    proxy.slow(Duration.ofSeconds(5));

    HttpCalls.Answer write = node.http().patch(note, INC);
    assertThat(write.status()).isIn(200, 503);
    assertThat(node.http().get(note).status()).isEqualTo(200);
    assertThat(node.ops().get("/health/ready").status()).isEqualTo(200);
    proxy.pass();
    assertServesAgain(note);
  }

  @Test
  void aCommandWhoseCommitWasNeverAnsweredTakesEffectOnce() {
    String note = note();
    proxy.cutAfterCommits(1);
    try (WireClient alice = node.connectAs("alice")) {
      String entity = note.substring("/v1/state/".length());
      alice.mutate(entity, 1, INC);
      ServerFrame receipt = alice.await(frame -> frame.has("seq") && frame.number("seq") == 1);

      assertThat(receipt.t()).isEqualTo("accepted");
      assertThat(proxy.cuts()).isPositive();
      assertThat(node.http().get(note + "?pointer=/n").text()).isEqualTo("1");
    }
  }

  @Test
  void whoeverOpensADocumentThatCannotBeReachedIsToldAndGetsItOnceItCan() {
    String entity = Names.entity("note");
    String path = "/v1/state/" + entity;
    try (WireClient alice = node.connectAs("alice")) {
      proxy.blackHole();
      alice.say("{'t':'open','entity':'%s'}".formatted(entity));

      ServerFrame told = alice.await("error");

      assertThat(told.text("code")).isEqualTo("unavailable");
      assertThat(told.text("re")).isEqualTo("open");
      assertThat(told.text("entity")).isEqualTo(entity);
      assertThat(node.http().get(path + "/events").code()).isEqualTo("unavailable");
      HttpCalls.Answer browser = node.http().get(path + "/events", "Accept", "text/event-stream");
      assertThat(browser.status()).isEqualTo(200);
      assertThat(browser.text()).startsWith(": ").endsWith("\nretry: 1000\n\n");
      assertThat(node.http().get(path).code()).isEqualTo("unavailable");
      proxy.pass();
      await().atMost(PATIENCE).until(() -> opens(alice, entity));
    }
  }

  @Test
  void whoeverHasADocumentOpenIsToldOnceItHasBeenSilentForLongAndComesBackToIt() {
    String note = note();
    String entity = note.substring("/v1/state/".length());
    try (WireClient alice = node.connectAs("alice")) {
      ServerFrame state = alice.open(entity);
      proxy.blackHole();
      assertThat(node.http().patch(note, INC).code()).isEqualTo("unavailable");

      await().atMost(PATIENCE).until(() -> !alice.heard("closed").isEmpty());

      assertThat(alice.heard("closed").get(0).text("code")).isEqualTo("unavailable");
      proxy.pass();
      await().atMost(PATIENCE).until(() -> resumes(alice, entity, state));
    }
  }

  private static boolean resumes(WireClient client, String entity, ServerFrame from) {
    client.say("{'t':'open','entity':'%s','epoch':%d,'version':%d}"
        .formatted(entity, from.number("epoch"), from.number("version")));
    ServerFrame answer = client.await(frame ->
        frame.has("entity") && frame.text("entity").equals(entity) && !frame.t().equals("closed"));
    return !answer.t().equals("error");
  }

  private static boolean opens(WireClient client, String entity) {
    client.say("{'t':'open','entity':'%s'}".formatted(entity));
    return client
        .await(frame -> frame.is("state", entity) || frame.is("error", entity))
        .t()
        .equals("state");
  }

  @Test
  void whoeverSaysHelloWhileTheirStandingCannotBeReadIsToldToComeBack() {
    proxy.blackHole();
    try (WireClient stranger = WireClient.to(node.httpPort())) {
      stranger.say("{'t':'hello','client':'c','token':'%s'}".formatted(Names.fresh("stranger")));

      ServerFrame told = stranger.await("error");
      ServerFrame goaway = stranger.await("goaway");

      assertThat(told.text("code")).isEqualTo("unavailable");
      assertThat(told.text("re")).isEqualTo("hello");
      assertThat(goaway.text("code")).isEqualTo("overloaded");
      assertThat(goaway.number("retryAfterMs")).isPositive();
    }
  }
}
