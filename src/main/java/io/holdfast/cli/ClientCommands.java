package io.holdfast.cli;

import picocli.CommandLine;

/** The client side of the command line: every command that talks to a server or needs none. */
public final class ClientCommands {
  private ClientCommands() {}

  /**
   * Adds the commands to {@code root} and makes it report failures, its own included, as one line on stderr and an exit
   * code; call it when all other subcommands have been added.
   */
  public static void addTo(CommandLine root) {
    addTo(root, Terminal.system());
  }

  static void addTo(CommandLine root, Terminal terminal) {
    root.addSubcommand(new GetCommand(terminal));
    root.addSubcommand(new PutCommand(terminal));
    root.addSubcommand(new PatchCommand(terminal));
    root.addSubcommand(new DeleteCommand(terminal));
    root.addSubcommand(new WatchCommand(terminal));
    root.addSubcommand(new HistoryCommand(terminal));
    root.addSubcommand(new ReceiptCommand(terminal));
    root.addSubcommand(new ImportCommand(terminal));
    root.addSubcommand(KindsCommand.line(terminal));
    root.addSubcommand(new TokenCommand(terminal));
    root.addSubcommand(new ClusterCommand(terminal, System.getenv()));
    Failures failures = new Failures(terminal);
    root.setParameterExceptionHandler(failures);
    root.setExecutionExceptionHandler(failures);
    root.setExecutionStrategy(line -> flushed(terminal, new CommandLine.RunLast().execute(line)));
  }

  private static int flushed(Terminal terminal, int exitCode) {
    terminal.out().flush();
    return exitCode;
  }
}
