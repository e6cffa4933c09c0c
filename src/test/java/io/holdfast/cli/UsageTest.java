package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class UsageTest {
  private static Stream<CommandLine> commands() {
    return Cli.root(new Cli("").terminal()).getSubcommands().values().stream()
        .flatMap(UsageTest::withSubcommands);
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(UsageTest::withSubcommands));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpHasExamplesAndExitCodes(CommandLine command) {
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

    assertThat(help)
        .contains("Examples:")
        .contains("Exit codes:")
        .contains("3   server unreachable");
    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(command.getCommandSpec().options())
        .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyExampleIsAValidCommandLine(CommandLine command) {
    for (String example : command.getCommandSpec().usageMessage().footer()) {
      CommandLine root = Cli.root(new Cli("").terminal());
      root.parseArgs(words(example).toArray(String[]::new));
    }
  }

  /** The words after {@code holdfast}, up to a comment, a pipe or the like. */
  private static List<String> words(String example) {
    String command = example
        .substring(example.indexOf("holdfast ") + "holdfast ".length())
        .replaceAll("\\)$", "");
    List<String> words = new ArrayList<>();
    for (String part : command.split(" (?=(?:[^']*'[^']*')*[^']*$)", -1)) {
      if (Arrays.asList("#", "|", ">", "&&").contains(part)) {
        break;
      }
      if (!part.isEmpty()) {
        words.add(part.replaceAll("^'|'$", ""));
      }
    }
    return words;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get board|entity: board (expected: KIND/ID",
        "get a/b/c|entity: a/b/c (expected: KIND/ID",
        "get a/..|entity: a/.. (expected: KIND/ID",
        "get board/a --url ftp://x|--url: ftp://x (expected: http://HOST:PORT",
        "get board/a --retry-for soon|time: soon (expected: such as 500ms",
        "get board/a --frob|Unknown option: '--frob'",
        "get|Missing required parameter: 'ENTITY'",
        "wacth board/a|did you mean watch?",
        "patch board/a|Missing required argument",
        "patch board/a --op x --split 0|--split: 0 (expected: 1 or more)",
        "patch board/a --op x|--op x: ",
        "put board/a - --key a/b|--key: a/b (expected: 1–48",
        "receipt board/a c 0|receipt: c 0 (expected:",
        "kinds show ../x|kind: ../x (expected: a name such as room)",
      })
  void wrongUsageEndsWithTwoAndOneLine(String arguments, String expected) {
    var run = new Cli("").stdin("1").run(arguments.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("holdfast: ").contains(expected).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aTokenThatIsNoneIsNotSent() {
    var run = new Cli("http://127.0.0.1:1").run("get", "board/a", "--token", "two words");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("two words").hasLineCount(1);
  }
}
