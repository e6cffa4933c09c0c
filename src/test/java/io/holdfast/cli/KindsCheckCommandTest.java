package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindsCheckCommandTest {
  @TempDir
  private Path directory;

  private final Cli cli = new Cli("");

  private void file(String name, String text) throws Exception {
    Files.writeString(directory.resolve(name), text);
  }

  private Cli.Run check(String... more) {
    String[] arguments = {"kinds", "check", directory.toString()};
    return more.length == 0
        ? cli.run(arguments)
        : cli.run("kinds", "check", directory.toString(), more[0]);
  }

  @Test
  void countsKindsThatAreFitToServe() throws Exception {
    file("app.json", "{\"kind\":\"app\"}");
    file("room.json", "{\"kind\":\"room\",\"access\":{\"read\":[\"anyone\"]}}");

    assertThat(check()).isEqualTo(new Cli.Run(0, directory + ": 2 kinds, all fit to serve\n", ""));
  }

  @Test
  void printsOneLineForEveryWrongFile() throws Exception {
    file("app.json", "{\"kind\":\"application\"}");
    file("good.json", "{\"kind\":\"good\"}");
    file("room.json", "{\"kind\":\"room\",\"access\":{\"read\":[\"everybody\"]}}");
    file("ui.json", "{\"kind\":");

    var run = check();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("holdfast: app.json: /kind: "),
            line -> assertThat(line).startsWith("holdfast: room.json: /access/read/0: "),
            line -> assertThat(line).startsWith("holdfast: ui.json: "));
  }

  @Test
  void endsWithTwoWhenThereIsNoSuchDirectory() {
    var run = cli.run("kinds", "check", directory.resolve("missing").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1);
  }

  @Test
  void saysNothingAboutGoodKindsWhenQuiet() throws Exception {
    file("app.json", "{\"kind\":\"app\"}");

    assertThat(check("--quiet")).isEqualTo(new Cli.Run(0, "", ""));
  }
}
