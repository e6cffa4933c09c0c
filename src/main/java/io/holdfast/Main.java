package io.holdfast;

import io.holdfast.cli.ClientCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's root. */
@Command(
    name = "holdfast",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Global state that holds fast: named JSON documents, one writer each, durable, live.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Start with `holdfast serve`, then open http://localhost:8080/ in a browser."})
public final class Main implements Runnable {

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private CommandLine.Model.CommandSpec spec;

  /** What {@code --version} prints. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"holdfast " + (version == null ? "from source" : version)};
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Command missing: say what to do");
  }

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine root = new CommandLine(new Main());
    root.addSubcommand(new ServeCommand());
    ClientCommands.addTo(root);
    return root;
  }
}
