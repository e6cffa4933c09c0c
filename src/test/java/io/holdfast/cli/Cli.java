package io.holdfast.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs the command line as the shell does, minus the process. */
final class Cli {
  /** What a shell sees of a command. */
  record Run(int exitCode, String out, String err) {}

  @Command(name = "holdfast")
  static final class Root {}

  private final String url;
  private String stdin = "";
  private boolean terminal;
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  Cli(String url) {
    this.url = url;
  }

  Cli stdin(String text) {
    stdin = text;
    return this;
  }

  Cli onATerminal() {
    terminal = true;
    return this;
  }

  /** A root command as the real one has it. */
  static CommandLine root(Terminal terminal) {
    CommandLine root = new CommandLine(new Root());
    ClientCommands.addTo(root, terminal);
    return root;
  }

  Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!url.isEmpty()) {
      all.addAll(List.of("--url", url));
    }
    int exitCode = root(terminal()).execute(all.toArray(String[]::new));
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Terminal terminal() {
    return new Terminal(
        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        terminal);
  }
}
