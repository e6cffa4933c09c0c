package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonWriter;
import io.holdfast.protocol.EntityId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints who changed what, and when. */
@Command(
    name = "history",
    description = "Print an entity's changes, oldest first: version, when, by whom, ops.",
    footer = {
      "  holdfast history room/lobby",
      "  holdfast history room/lobby --from 100 --to 120",
      "  holdfast history room/lobby --limit 100000 --json > lobby.jsonl"
    })
final class HistoryCommand implements Callable<Integer> {
  private static final int PAGE = 500;

  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "ENTITY", description = "KIND/ID.", converter = EntityConverter.class)
  private @Nullable EntityId entity;

  @Option(names = "--from", paramLabel = "V", description = "First version. Default: 1.")
  private long from = 1;

  @Option(names = "--to", paramLabel = "V", description = "Last version. Default: the newest.")
  private @Nullable Long to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many changes. Default: 100.")
  private long limit = 100;

  HistoryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed {
    Api api = server.api(terminal, output);
    long next = from;
    long left = limit;
    while (left > 0 && (to == null || next <= to)) {
      JsonArray page = page(api, next, Math.min(left, PAGE));
      if (page.size() == 0) {
        break;
      }
      page.forEach(this::print);
      left -= page.size();
      next =
          Reading.number(page.element(page.size() - 1), "version").orElse(Long.MAX_VALUE - 1) + 1;
    }
    return ExitCode.OK.number();
  }

  private JsonArray page(Api api, long first, long count) throws CommandFailed {
    Query query = new Query().and("from", first).and("to", to).and("limit", count);
    return Reading.array(
        api.resource(Api.path(Given.value(entity)) + "/history" + query), "changes");
  }

  private void print(Json change) {
    terminal.line(
        output.json()
            ? JsonWriter.text(change)
            : ChangeLine.of(change, Reading.array(change, "ops")));
  }
}
