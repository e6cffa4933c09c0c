package io.holdfast.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command writes its results, for people or for programs. */
final class OutputOptions {
  @Option(names = "--json", order = 90, description = "Write JSON, one value a line.")
  private boolean json;

  @Option(names = "--pretty", order = 91, description = "Write indented JSON, also into a pipe.")
  private boolean pretty;

  @Option(
      names = {"-q", "--quiet"},
      order = 92,
      description = "No progress and no notes on stderr; errors only.")
  private boolean quiet;

  @Mixin
  final HelpOption help = new HelpOption();

  boolean json() {
    return json;
  }

  boolean pretty() {
    return pretty;
  }

  boolean quiet() {
    return quiet;
  }
}
