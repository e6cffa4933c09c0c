package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingCommandsTest {
  private FakeServer server;
  private Cli cli;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    cli = new Cli(server.url());
    server.given("board/welcome", "{\"title\":\"Hi\",\"todos\":[{\"id\":\"42\",\"done\":true}]}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void getPrintsOneLineOfJsonIntoAPipe() {
    var run = cli.run("get", "board/welcome");

    assertThat(run)
        .isEqualTo(
            new Cli.Run(0, "{\"title\":\"Hi\",\"todos\":[{\"done\":true,\"id\":\"42\"}]}\n", ""));
  }

  @Test
  void getIndentsOnATerminal() {
    var run = cli.onATerminal().run("get", "board/welcome");

    assertThat(run.out())
        .isEqualTo(
            """
            {
              "title": "Hi",
              "todos": [
                {
                  "done": true,
                  "id": "42"
                }
              ]
            }
            """);
  }

  @Test
  void getPrintsExactCanonicalBytesWhenAsked() {
    var run = cli.onATerminal().run("get", "board/welcome", "--canonical");

    assertThat(run.out()).isEqualTo("{\"title\":\"Hi\",\"todos\":[{\"done\":true,\"id\":\"42\"}]}");
  }

  @Test
  void getFollowsKeyedPointers() {
    var run = cli.run("get", "board/welcome", "--pointer", "/todos/id=42/done");

    assertThat(run.out()).isEqualTo("true\n");
  }

  @Test
  void getPrintsTheVersionWithTheDocumentWhenAsked() {
    var run = cli.run("get", "board/welcome", "--pointer", "/title", "--with-version");

    assertThat(run.out())
        .isEqualTo("{\"doc\":\"Hi\",\"entity\":\"board/welcome\",\"version\":\"3.1\"}\n");
  }

  @Test
  void getPrintsAnEarlierVersion() {
    server.change(
        "board/welcome", "bob", "[{\"op\":\"replace\",\"path\":\"/title\",\"value\":\"Ho\"}]");

    var run = cli.run("get", "board/welcome", "--at", "1", "--pointer", "/title");

    assertThat(run.out()).isEqualTo("\"Hi\"\n");
  }

  @Test
  void getSendsItsOptionsAsTheProtocolNamesThem() {
    cli.run("get", "board/welcome", "--strong", "--min-version", "1");

    assertThat(server.requests)
        .containsExactly("GET /v1/state/board/welcome?min-version=1&consistency=strong");
  }

  @Test
  void getEndsWithFourWhenThereIsNoDocument() {
    var run = cli.run("get", "board/nothing");

    assertThat(run).isEqualTo(new Cli.Run(4, "", "holdfast: no-such-path: document: none\n"));
  }

  @Test
  void getShowsCodeDetailAndPointerOfARefusal() {
    var run = cli.run("get", "board/welcome", "--pointer", "/nowhere");

    assertThat(run.err()).isEqualTo("holdfast: no-such-path: path: nothing there (at /nowhere)\n");
  }

  @Test
  void getEndsWithSixWhenTheRulesForbidIt() {
    var run = cli.run("get", "board/welcome", "--token", "mallory");

    assertThat(run)
        .isEqualTo(
            new Cli.Run(6, "", "holdfast: forbidden: read: mallory (expected: role:admin)\n"));
  }

  @Test
  void historyPrintsOneLineAChange() {
    server.change(
        "board/welcome",
        "bob",
        "[{\"op\":\"test\",\"path\":\"/title\",\"value\":\"Hi\"},{\"op\":\"remove\",\"path\":\"/title\"}]");

    var run = cli.run("history", "board/welcome", "--from", "2");

    assertThat(run.out())
        .isEqualTo("2  2026-11-23T00:00:00.002Z  bob  test /title \"Hi\"; remove /title\n");
  }

  @Test
  void historyAsksPageByPageUntilItHasEnough() {
    for (int i = 0; i < 1200; i++) {
      server.change(
          "board/welcome", "bob", "[{\"op\":\"replace\",\"path\":\"/title\",\"value\":" + i + "}]");
    }

    var run = cli.run("history", "board/welcome", "--limit", "1100", "--json");

    assertThat(run.out().lines()).hasSize(1100);
    assertThat(run.out().lines().skip(1099)).first().asString().contains("\"version\":1100");
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void historyEndsWhereTheVersionsEnd() {
    var run = cli.run("history", "board/welcome", "--json", "--to", "99");

    assertThat(run.out().lines()).hasSize(1);
  }

  @Test
  void kindsListsNameStorageAndDescription() throws Exception {
    server.kinds.put(
        "board", (JsonObject) JsonReader.read("{\"kind\":\"board\",\"description\":\"a board\"}"));
    server.kinds.put(
        "ui", (JsonObject) JsonReader.read("{\"kind\":\"ui\",\"storage\":\"ephemeral\"}"));

    var run = cli.run("kinds", "list");

    assertThat(run.out())
        .isEqualTo("board            durable    a board\nui               ephemeral\n");
  }

  @Test
  void kindsShowPrintsTheDefinition() throws Exception {
    server.kinds.put("board", (JsonObject) JsonReader.read("{\"kind\":\"board\"}"));

    assertThat(cli.run("kinds", "show", "board").out()).isEqualTo("{\"kind\":\"board\"}\n");
  }

  @Test
  void kindsShowEndsWithFourForAnUnknownKind() {
    var run = cli.run("kinds", "show", "bored");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).isEqualTo("holdfast: unknown-kind: kind: bored (expected: one of [])\n");
  }

  @Test
  void receiptPrintsWhatBecameOfTheCommand() {
    var run = cli.run("receipt", "board/welcome", "c-ada", "3");

    assertThat(run.out()).isEqualTo("{\"outcome\":\"accepted\",\"version\":7}\n");
    assertThat(server.requests).containsExactly("GET /v1/state/board/welcome/receipts/c-ada/3");
  }

  @Test
  void receiptEndsWithFourWhenTheCommandIsUnknown() {
    assertThat(cli.run("receipt", "board/welcome", "nobody", "3").exitCode()).isEqualTo(4);
  }
}
