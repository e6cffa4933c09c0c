package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchCommandTest {
  private FakeServer server;
  private Cli cli;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    cli = new Cli(server.url());
    server.given("board/a", "{\"n\":0}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CompletableFuture<Cli.Run> watch(String... arguments) {
    return CompletableFuture.supplyAsync(() -> cli.run(arguments));
  }

  private void bobCounts() {
    server.change("board/a", "bob", "[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]");
  }

  private void untilObserved() {
    await().until(() -> server.observers() == 1);
  }

  @Test
  void printsWhereItStartsAndThenOneLineAChange() {
    var run = watch("watch", "board/a", "--limit", "2");
    untilObserved();

    bobCounts();
    bobCounts();

    assertThat(run.join())
        .isEqualTo(new Cli.Run(
            0,
            """
                1  board/a  7 bytes (3.1)
                2  2026-11-23T00:00:00.002Z  bob  inc /n 1
                3  2026-11-23T00:00:00.003Z  bob  inc /n 1
                """,
            ""));
  }

  @Test
  void goesOnWhereItWasAfterALostConnection() {
    var run = watch("watch", "board/a", "--limit", "3", "--quiet");
    untilObserved();
    bobCounts();
    await().until(() -> cli.out.toString(StandardCharsets.UTF_8).contains("\n2  "));

    server.dropObservers();
    bobCounts();
    untilObserved();
    bobCounts();

    assertThat(run.join().out().lines().map(line -> line.substring(0, 1)))
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void startsAfterAGivenVersion() {
    bobCounts();
    bobCounts();

    var run = watch("watch", "board/a", "--from", "3.1", "--limit", "2").join();

    assertThat(run.out().lines().map(line -> line.substring(0, 1))).containsExactly("2", "3");
  }

  @Test
  void printsTheFramesThemselvesAsJsonLines() {
    var run = watch("watch", "board/a", "--limit", "1", "--json");
    untilObserved();

    bobCounts();

    assertThat(run.join().out().lines())
        .containsExactly(
            "{\"doc\":{\"n\":0},\"entity\":\"board/a\",\"epoch\":3,\"t\":\"state\",\"version\":1}",
            "{\"changes\":[{\"at\":1795392000002,\"by\":\"bob\",\"client\":\"c-bob\",\"seq\":1,\"version\":2}],"
                + "\"entity\":\"board/a\",\"from\":1,\"ops\":[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}],"
                + "\"t\":\"changed\",\"version\":2}");
  }

  @Test
  void refusesAStartThatIsNoVersion() {
    var run = cli.run("watch", "board/a", "--from", "yesterday");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("holdfast: --from: yesterday (expected: EPOCH.VERSION");
  }
}
