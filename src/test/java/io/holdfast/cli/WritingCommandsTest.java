package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.JsonWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingCommandsTest {
  @TempDir
  private Path directory;

  private FakeServer server;
  private Cli cli;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    cli = new Cli(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String file(String text) throws Exception {
    return Files.writeString(directory.resolve("doc.json"), text).toString();
  }

  private String document(String entity) {
    return JsonWriter.text(server.entity(entity).document());
  }

  @Test
  void putStoresAFileAndSaysTheVersion() throws Exception {
    var run = cli.run("put", "board/a", file("{\"title\": \"Hi\"}"));

    assertThat(run).isEqualTo(new Cli.Run(0, "board/a is at version 1 (3.1)\n", ""));
    assertThat(document("board/a")).isEqualTo("{\"title\":\"Hi\"}");
  }

  @Test
  void putReadsStdin() {
    var run = cli.stdin("[1,2]").run("put", "board/a", "-", "--json");

    assertThat(run.out()).isEqualTo("{\"entity\":\"board/a\",\"epoch\":3,\"version\":1}\n");
    assertThat(document("board/a")).isEqualTo("[1,2]");
  }

  @Test
  void putNamesFileLineAndColumnOfWhatIsNoJsonAndSendsNothing() throws Exception {
    var run = cli.run("put", "board/a", file("{\"title\":\n  oops}"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("holdfast: " + directory.resolve("doc.json") + ":2:")
        .hasLineCount(1);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void putNamesAMissingFile() {
    var run = cli.run("put", "board/a", "missing.json");

    assertThat(run).isEqualTo(new Cli.Run(2, "", "holdfast: missing.json: no such file\n"));
  }

  @Test
  void putRefusesToReplaceWhenOnlyCreating() throws Exception {
    server.given("board/a", "1");

    var run = cli.run("put", "board/a", file("2"), "--create-only");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(document("board/a")).isEqualTo("1");
  }

  @Test
  void putCompletesABareVersionNumberWithTheEpoch() throws Exception {
    server.given("board/a", "1");

    var run = cli.run("put", "board/a", file("2"), "--if-version", "1");

    assertThat(run.exitCode()).isZero();
    assertThat(document("board/a")).isEqualTo("2");
  }

  @Test
  void putRefusesWhenTheVersionMovedOn() throws Exception {
    server.given("board/a", "1");
    server.given("board/a", "2");

    var run = cli.run("put", "board/a", file("3"), "--if-version", "1");

    assertThat(run)
        .isEqualTo(new Cli.Run(5, "", "holdfast: version-mismatch: version: 2 (expected: 1)\n"));
    assertThat(document("board/a")).isEqualTo("2");
  }

  @Test
  void putRefusesWhenAnotherEpochIsExpected() throws Exception {
    server.given("board/a", "1");

    var run = cli.run("put", "board/a", file("2"), "--if-version", "2.1");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(document("board/a")).isEqualTo("1");
  }

  @Test
  void deleteRemovesTheDocument() throws Exception {
    server.given("board/a", "1");

    var run = cli.run("delete", "board/a", "--if-version", "3.1");

    assertThat(run.out()).isEqualTo("board/a is at version 2 (3.2)\n");
    assertThat(server.entity("board/a").exists()).isFalse();
  }

  @Test
  void importReportsBytesAndVersion() throws Exception {
    String text = "{\"text\":\"" + "x".repeat(200_000) + "\"}";

    var run = cli.run("import", "board/a", file(text));

    assertThat(run.out())
        .matches("board/a is at version 1 \\(3\\.1\\): 200,011 bytes in \\d+\\.\\d\\d s\n");
    assertThat(document("board/a")).isEqualTo(text);
  }

  @Test
  void importSendsTheWholeFileAgainAfterALostConnection() throws Exception {
    String text = "[" + "1,".repeat(100_000) + "1]";
    server.faults.add(FakeServer.Fault.DIES_BEFORE);

    var run = cli.run("import", "board/a", file(text));

    assertThat(run.exitCode()).isZero();
    assertThat(document("board/a")).isEqualTo(text);
  }

  @Test
  void aWriteWhoseAnswerWasLostTakesEffectOnce() throws Exception {
    server.given("board/a", "{\"n\":1}");
    server.faults.add(FakeServer.Fault.DIES_AFTER);

    var run = cli.run("patch", "board/a", "--op", "{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}");

    assertThat(run.out()).isEqualTo("board/a is at version 2 (3.2)\n");
    assertThat(run.err())
        .isEqualTo("holdfast: " + server.url() + ": connection lost; trying again for 60 s\n");
    assertThat(document("board/a")).isEqualTo("{\"n\":2}");
  }

  @Test
  void theSameKeyTwiceTakesEffectOnce() throws Exception {
    server.given("board/a", "{\"n\":1}");
    String[] command = {
      "patch",
      "board/a",
      "--op",
      "{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}",
      "--key",
      "nightly-7"
    };

    cli.run(command);
    cli.run(command);

    assertThat(document("board/a")).isEqualTo("{\"n\":2}");
  }

  @Test
  void busyAndUnavailableServersAreAskedAgain() throws Exception {
    server.faults.add(FakeServer.Fault.BUSY);
    server.faults.add(FakeServer.Fault.UNAVAILABLE);

    var run = cli.run("put", "board/a", file("1"), "--quiet");

    assertThat(run).isEqualTo(new Cli.Run(0, "board/a is at version 1 (3.1)\n", ""));
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() throws Exception {
    server.faults.add(FakeServer.Fault.BUSY);

    var run = cli.run("put", "board/a", file("1"), "--retry-for", "0s");

    assertThat(run)
        .isEqualTo(
            new Cli.Run(3, "", "holdfast: overloaded: commands: 201 a second (expected: ≤ 200)\n"));
  }

  @Test
  void aQuarantinedEntityIsNotWaitedFor() throws Exception {
    server.faults.add(FakeServer.Fault.QUARANTINED);

    var run = cli.run("put", "board/a", file("1"));

    assertThat(run.err()).isEqualTo("holdfast: quarantined: event 7: damaged\n");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aServerNobodyListensAtIsReportedAtOnce() throws Exception {
    String url = server.url();
    server.close();

    var run = new Cli(url).run("put", "board/a", file("1"));

    assertThat(run).isEqualTo(new Cli.Run(3, "", "holdfast: " + url + ": connection refused\n"));
  }

  @Test
  void anUnknownHostIsReportedAsOne() {
    var run = new Cli("http://no-such-host.invalid:1").run("get", "board/a");

    assertThat(run.err()).isEqualTo("holdfast: http://no-such-host.invalid:1: unknown host\n");
  }
}
