package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.EntityId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchPrinterTest {
  private final Cli cli = new Cli("");
  private final WatchPrinter printer = new WatchPrinter(
      new EntityId("board", "a"), Long.MAX_VALUE, cli.terminal(), new OutputOptions());

  private void on(String name, String data) throws Exception {
    printer.on(new EventReader.Event(name, "", data));
  }

  private String printed() {
    return cli.out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsTheOpsOfAMergedFrameOnceAtItsLastChange() throws Exception {
    on(
        "changed",
        """
        {"from":7,"version":9,"ops":[{"op":"move","from":"/a","path":"/b"}],"changes":[
          {"version":8,"by":"ada","at":1795392000000},{"version":9,"by":"bob","at":1795392000015}]}""");

    assertThat(printed())
        .isEqualTo(
            """
            8  2026-11-23T00:00:00Z  ada  (merged into 9)
            9  2026-11-23T00:00:00.015Z  bob  move /a /b
            """);
  }

  @Test
  void printsNoChangeTwice() throws Exception {
    String changed =
        "{\"from\":0,\"version\":1,\"ops\":[],\"changes\":[{\"version\":1,\"by\":\"ada\",\"at\":0}]}";

    on("changed", changed);
    on("changed", changed);

    assertThat(printed().lines()).hasSize(1);
  }

  @Test
  void shortensLongValues() throws Exception {
    on(
        "changed",
        "{\"version\":1,\"ops\":[{\"op\":\"add\",\"path\":\"\",\"value\":\"%s\"}],\"changes\":[{\"version\":1}]}"
            .formatted("x".repeat(500)));

    assertThat(printed()).isEqualTo("1  -  -  add \"\" \"" + "x".repeat(119) + "…\n");
  }

  @Test
  void endsWithTheServersReasonWhenTheObservationIsClosed() {
    assertThatThrownBy(() -> on("closed", "{\"code\":\"forbidden\",\"detail\":\"read: ada\"}"))
        .isInstanceOfSatisfying(CommandFailed.class, failed -> assertThat(failed.exitCode())
            .isEqualTo(ExitCode.NOT_PERMITTED))
        .hasMessage("board/a: forbidden: read: ada");
  }

  @Test
  void ignoresEventsItDoesNotKnow() throws Exception {
    on("weather", "{}");

    assertThat(printed()).isEmpty();
  }
}
