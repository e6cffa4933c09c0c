package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node on PostgreSQL, and what it does while that is away. */
final class PostgresTest {
  private static final Database DATABASE = new Database();
  private static NodeHome home;
  private static NodeProcess node;
  private static JavaProcess first;

  @BeforeAll
  static void theNodeStartsBeforeItsDatabase() {
    home = NodeHome.on(DATABASE).with("HOLDFAST_JDBC_PASSWORD", "a-password-to-be-kept");
    first = home.launch();
    await().atMost(Duration.ofSeconds(60)).until(() -> first.err().stream()
        .anyMatch(line -> line.contains("not reachable")));
    DATABASE.start();
    node = NodeProcess.of(first);
  }

  @AfterAll
  static void tidyUp() {
    node.close();
    home.close();
    DATABASE.close();
  }

  @Test
  void aDatabaseThatIsDownAtStartIsWaitedForAndSaidSoInOneLine() {
    String note = "/v1/state/" + Names.entity("note");

    assertThat(node.http().put(note, "1").status()).isEqualTo(200);
    assertThat(first.err().get(0))
        .contains(DATABASE.url())
        .contains("not reachable")
        .contains("again");
    assertThat(first.said()).doesNotContain("a-password-to-be-kept");
  }

  @Test
  void aDatabaseThatDiesCostsNothingAcknowledgedAndTheNodeRecoversByItself() {
    Crew crew = Crew.at(node, 4);
    crew.awaitReceipts(200);
    String note = Names.entity("note");
    try (WireClient alice = node.connectAs("alice")) {
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':0}}]").await("accepted");
      DATABASE.kill();
      alice.mutate(note, 2, "[{'op':'inc','path':'/n','value':1}]");
      ServerFrame error = alice.await("error");
      crew.awaitUnavailable();
      HttpCalls.Answer answer =
          node.http().patch("/v1/state/" + note, "[{'op':'inc','path':'/n','value':100}]");
      DATABASE.start();
      alice.mutate(note, 2, "[{'op':'inc','path':'/n','value':1}]");
      alice.mutate(note, 3, "[{'op':'inc','path':'/n','value':1}]");

      assertThat(error.text("code")).isEqualTo("unavailable");
      assertThat(error.text("re")).isEqualTo("mutate");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("unavailable");
      assertThat(decided(alice, note, 2)).isEqualTo("accepted");
      assertThat(decided(alice, note, 3)).isEqualTo("accepted");
      assertThat(node.http().get("/v1/state/" + note + "?pointer=/n").json())
          .isIn(json("2"), json("102"));
    }
    crew.awaitReceipts(200);
    crew.finishAndAssertExactlyOnce(node.http());
  }

  /** The receipt of a command, sent again as often as nobody knows. */
  private static String decided(WireClient client, String note, long seq) {
    while (true) {
      ServerFrame frame = client.next();
      if (frame.has("seq") && frame.number("seq") == seq) {
        return frame.t();
      }
      if (frame.t().equals("error") || frame.t().equals("gap")) {
        for (long again = 2; again <= 3; again++) {
          client.mutate(note, again, "[{'op':'inc','path':'/n','value':1}]");
        }
      }
    }
  }

  @Test
  void aNodeKilledUnderLoadLosesNothingItAcknowledged() {
    Crew crew = Crew.at(node, 6);
    crew.awaitReceipts(600);
    crew.stayAway();
    node.kill();
    node = home.start();
    crew.assertAllAcknowledgedIsThere(node.http());
    crew.goOnAt(node);
    crew.awaitReceipts(300);
    crew.finishAndAssertExactlyOnce(node.http());
  }
}
