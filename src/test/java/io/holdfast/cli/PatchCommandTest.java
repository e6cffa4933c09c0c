package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchCommandTest {
  @TempDir
  private Path directory;

  private FakeServer server;
  private Cli cli;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    server.kinds.put(
        "board", (JsonObject) JsonReader.read("{\"kind\":\"board\",\"keys\":{\"/todos\":\"id\"}}"));
    cli = new Cli(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String file(String text) throws Exception {
    return Files.writeString(directory.resolve("target.json"), text).toString();
  }

  private String document() {
    return JsonWriter.text(server.entity("board/a").document());
  }

  private static String numbers(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Members whose values begin at {@code first}, and one that never changes and makes each of the others worth an op. */
  private static String members(int count, int first) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k%02d\":%d".formatted(i, first + i))
        .collect(Collectors.joining(",", "{\"ballast\":\"" + "x".repeat(9000) + "\",", "}"));
  }

  @Test
  void appliesOpsFromTheCommandLineInOrderAsOneCommand() throws Exception {
    server.given("board/a", "{\"n\":1}");

    var run = cli.run(
        "patch",
        "board/a",
        "--op",
        "{\"op\":\"add\",\"path\":\"/m\",\"value\":5}",
        "--op",
        "{\"op\":\"inc\",\"path\":\"/m\",\"value\":2}");

    assertThat(run.exitCode()).isZero();
    assertThat(document()).isEqualTo("{\"m\":7,\"n\":1}");
    assertThat(server.entity("board/a").version()).isEqualTo(2);
  }

  @Test
  void appliesOpsFromStdin() throws Exception {
    server.given("board/a", "{\"n\":1}");

    cli.stdin("[{\"op\":\"remove\",\"path\":\"/n\"}]").run("patch", "board/a", "--ops", "-");

    assertThat(document()).isEqualTo("{}");
  }

  @Test
  void splitsOpsThatDependOnEachOtherIntoCommandsInTheirOrder() throws Exception {
    server.given("board/a", "[]");
    String ops = IntStream.range(0, 25)
        .mapToObj("{\"op\":\"add\",\"path\":\"/-\",\"value\":%d}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));

    var run = cli.run("patch", "board/a", "--ops", file(ops), "--split", "10");

    assertThat(run.exitCode()).isZero();
    assertThat(document()).isEqualTo(numbers(0, 25));
    assertThat(server.entity("board/a").version()).isEqualTo(1 + 3);
  }

  @Test
  void keepsAllCommandsOfASplitUnderThePrecondition() throws Exception {
    server.given("board/a", "[]");
    server.beforeWrites.add(() -> {});
    server.beforeWrites.add(
        () -> server.change("board/a", "bob", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":99}]"));

    var run = cli.run(
        "patch",
        "board/a",
        "--if-version",
        "1",
        "--split",
        "1",
        "--op",
        "{\"op\":\"add\",\"path\":\"/-\",\"value\":1}",
        "--op",
        "{\"op\":\"add\",\"path\":\"/-\",\"value\":2}");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(document()).isEqualTo("[1,99]");
  }

  @Test
  void namesTheOpThatIsNone() {
    var run = cli.run("patch", "board/a", "--op", "{\"op\":\"frobnicate\",\"path\":\"/n\"}");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("frobnicate").hasLineCount(1);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void refusesNoOps() throws Exception {
    assertThat(cli.run("patch", "board/a", "--ops", file("[]")).exitCode()).isEqualTo(2);
  }

  @Test
  void showsTheServersRefusalOfAnOp() throws Exception {
    server.given("board/a", "{\"n\":1}");

    var run = cli.run("patch", "board/a", "--op", "{\"op\":\"remove\",\"path\":\"/gone\"}");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .startsWith("holdfast: no-such-path: ")
        .contains("(at /gone)")
        .hasLineCount(1);
  }

  @Test
  void bringsTheDocumentToTheTargetAndSaysItIsVerified() throws Exception {
    server.given("board/a", "{\"title\":\"Hi\",\"n\":1}");

    var run = cli.run("patch", "board/a", "--to", file("{\"title\": \"Ho\", \"n\": 1}"));

    assertThat(document()).isEqualTo("{\"n\":1,\"title\":\"Ho\"}");
    assertThat(run.out().lines())
        .containsExactly(
            "board/a is at version 2 (3.2): 1 op in 1 command",
            "verified: the server's document is %s, 20 bytes canonical, sha256 %s"
                .formatted(
                    directory.resolve("target.json"),
                    "6d8ff2aaf278bbe5d0455dcf3d39b3438eff880ec53b344717758f1524740674"));
  }

  @Test
  void addressesElementsByTheKindsKeys() throws Exception {
    server.given(
        "board/a", "{\"todos\":[{\"id\":\"41\",\"done\":false},{\"id\":\"42\",\"done\":false}]}");

    cli.run(
        "patch",
        "board/a",
        "--to",
        file("{\"todos\":[{\"id\":\"41\",\"done\":false},{\"id\":\"42\",\"done\":true}]}"));

    assertThat(cli.run("history", "board/a", "--from", "2").out())
        .endsWith("replace /todos/id=42/done true\n");
  }

  @Test
  void createsTheDocumentIfThereIsNone() throws Exception {
    var run = cli.run("patch", "board/a", "--to", file("{\"n\":1}"));

    assertThat(run.exitCode()).isZero();
    assertThat(document()).isEqualTo("{\"n\":1}");
  }

  @Test
  void sendsNothingWhenTheDocumentIsTheTargetAlready() throws Exception {
    server.given("board/a", "{\"n\":1.0}");

    var run = cli.run("patch", "board/a", "--to", file("{\"n\":1}"));

    assertThat(run.out())
        .startsWith("board/a is at version 1 (3.1): 0 ops in 0 commands\nverified: ");
  }

  @Test
  void computesTheDifferenceAgainWhenSomebodyElseWroteInBetween() throws Exception {
    server.given("board/a", members(50, 0));
    for (int i = 0; i < 7; i++) {
      server.beforeWrites.add(() -> {});
    }
    server.beforeWrites.add(() ->
        server.change("board/a", "bob", "[{\"op\":\"add\",\"path\":\"/k03\",\"value\":\"bob\"}]"));

    var run = cli.run("patch", "board/a", "--to", file(members(50, 100)), "--split", "1");

    assertThat(run.exitCode()).isZero();
    assertThat(document()).isEqualTo(members(50, 100));
    assertThat(run.err()).contains("version-mismatch").contains("computing the difference again");
  }

  @Test
  void endsRightWhenTheServerDiesAtEveryPointOfTheWork() throws Exception {
    server.given("board/a", members(12, 0));
    var faults = new FakeServer.Fault[] {
      FakeServer.Fault.NONE,
      FakeServer.Fault.DIES_BEFORE,
      FakeServer.Fault.NONE,
      FakeServer.Fault.DIES_AFTER,
      FakeServer.Fault.BUSY
    };
    for (int i = 0; i < 20; i++) {
      server.faults.add(faults[i % faults.length]);
    }

    var run = cli.run("patch", "board/a", "--to", file(members(12, 200)), "--split", "1");

    assertThat(run.exitCode()).isZero();
    assertThat(document()).isEqualTo(members(12, 200));
  }

  @Test
  void goesOnWhenTheServerComesBackAtTheSamePort() throws Exception {
    server.given("board/a", members(10, 0));
    server.beforeWrites.add(() -> {});
    server.beforeWrites.add(this::restart);

    var run = cli.run("patch", "board/a", "--to", file(members(10, 300)), "--split", "1");

    assertThat(run.exitCode()).isZero();
    assertThat(document()).isEqualTo(members(10, 300));
  }

  private void restart() {
    try {
      server.restart();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void givesUpWithSevenWhenSomebodyElseNeverStops() throws Exception {
    server.given("board/a", "{\"n\":0}");
    for (int i = 0; i < 30; i++) {
      server.beforeWrites.add(
          () -> server.change("board/a", "bob", "[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]"));
    }

    var run = cli.run("patch", "board/a", "--to", file("{\"n\":-1}"));

    assertThat(run.exitCode()).isEqualTo(7);
  }

  @Test
  void refusesAPreconditionThatTheTargetMakesMeaningless() throws Exception {
    assertThat(
            cli.run("patch", "board/a", "--to", file("1"), "--if-version", "1").exitCode())
        .isEqualTo(2);
  }

  @Test
  void movesAMegabyteOfTodosInSmallCommands() throws Exception {
    String before = todos(2000, false);
    String after = todos(2000, true);
    server.given("board/a", before);

    var run = cli.run("patch", "board/a", "--to", file(after), "--split", "50", "--json");

    assertThat(run.out()).contains("\"commands\":40,").contains("\"ops\":2000,");
    assertThat(document()).isEqualTo(after);
  }

  private static String todos(int count, boolean done) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> "{\"done\":%b,\"id\":\"%d\",\"text\":\"%s\"}".formatted(done, i, "x".repeat(480)))
        .collect(Collectors.joining(",", "{\"todos\":[", "]}"));
  }
}
