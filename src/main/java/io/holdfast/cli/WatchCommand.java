package io.holdfast.cli;

import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows an entity. */
@Command(
    name = "watch",
    description = {
      "Follow an entity's changes as they happen, one line each: version, when, by whom, ops.",
      "Reconnects by itself and goes on where it was; nothing is missed in between. Ends with Ctrl-C."
    },
    footer = {
      "  holdfast watch room/lobby",
      "  holdfast watch room/lobby --from 1.120        # first what happened since then",
      "  holdfast watch room/lobby --json | jq .ops         # the frames themselves, one a line",
      "  holdfast watch room/lobby --limit 1                # wait for one change"
    })
final class WatchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "ENTITY", description = "KIND/ID.", converter = EntityConverter.class)
  private @Nullable EntityId entity;

  @Option(
      names = "--from",
      paramLabel = "EPOCH.VERSION",
      description = "Start after this version instead of now.")
  private @Nullable String from;

  @Option(names = "--limit", paramLabel = "N", description = "End after N changes.")
  private long limit = Long.MAX_VALUE;

  WatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed {
    EntityId name = Given.value(entity);
    String start = from == null ? "" : started(from);
    Following following = new Following(
        server.transport(terminal, output.quiet(), Patience.FOREVER),
        name,
        new WatchPrinter(name, limit, terminal, output));
    following.run(start);
    return ExitCode.OK.number();
  }

  private static String started(String text) throws CommandFailed {
    Optional<Position> tag = Position.parse(text);
    if (tag.isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--from: %s (expected: EPOCH.VERSION, as get and put show it)".formatted(text));
    }
    return tag.get().toString();
  }
}
