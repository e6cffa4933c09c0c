package io.holdfast.cli;

import io.holdfast.document.Digest;
import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonString;
import io.holdfast.document.Keys;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import io.holdfast.protocol.EntityId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a document by ops, given or computed. */
@Command(
    name = "patch",
    description = {
      "Change a document: by ops (RFC 6902 and the ops inc and merge), or to what a file says.",
      "With --to the difference between the server's document and the file is computed and sent;"
          + " when somebody else writes meanwhile it is computed again. At the end the document is"
          + " read back and compared. Every command is sent until it has an outcome and takes"
          + " effect once, also over a crash of the server."
    },
    footer = {
      "  holdfast patch room/lobby --op '{\"op\":\"replace\",\"path\":\"/topic\",\"value\":\"Hi\"}'",
      "  holdfast patch room/lobby --op '{\"op\":\"inc\",\"path\":\"/visits\",\"value\":1}'",
      "  holdfast patch room/lobby --ops ops.json --if-version 17",
      "  holdfast patch room/lobby --to lobby.json             # one command, all or nothing",
      "  holdfast patch room/lobby --to lobby.json --split 50  # many small ones, in order"
    })
final class PatchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Mixin
  private WriteOptions write = new WriteOptions();

  @Parameters(paramLabel = "ENTITY", description = "KIND/ID.", converter = EntityConverter.class)
  private @Nullable EntityId entity;

  @ArgGroup(multiplicity = "1")
  private @Nullable Change change;

  @Option(
      names = "--split",
      paramLabel = "N",
      description = "At most N ops a command. Default: all in one command, all or nothing.")
  private int split = Integer.MAX_VALUE;

  /** One of three ways to say what to do. */
  static final class Change {
    @Option(
        names = "--ops",
        paramLabel = "FILE",
        description = "A JSON array of ops; - reads stdin.")
    private @Nullable String ops;

    @Option(names = "--op", paramLabel = "OP", description = "One op as JSON; may be repeated.")
    private @Nullable List<String> op;

    @Option(
        names = "--to",
        paramLabel = "FILE",
        description = "What the document shall become; - reads stdin.")
    private @Nullable String to;
  }

  PatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailed, IOException {
    if (split < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--split: %d (expected: 1 or more)".formatted(split));
    }
    EntityId name = Given.value(entity);
    String to = Given.value(change).to;
    Api api = server.api(terminal, output);
    if (to == null) {
      send(api, name, patch(Given.value(change)));
    } else {
      converge(api, name, Source.of(to, terminal));
    }
    return ExitCode.OK.number();
  }

  private void send(Api api, EntityId name, Patch patch) throws CommandFailed, IOException {
    if (patch.ops().isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "ops: none (expected: at least one)");
    }
    Condition condition = write.condition(api, name);
    Submission submission = new Submission(api, name, write.key(), split, notes());
    Printed.version(name, submission.send(patch, condition).tag(), terminal, output);
  }

  private void converge(Api api, EntityId name, Source source) throws CommandFailed, IOException {
    Json target = source.json();
    write.withoutCondition("with --to (expected: with --ops, --op or put)");
    Convergence convergence = new Convergence(
        api, name, target, keys(api.kind(name.kind())), write.key(), split, notes());
    report(name, source, target, convergence.run());
  }

  private Terminal notes() {
    return output.quiet() ? terminal.withoutNotes() : terminal;
  }

  private void report(EntityId name, Source source, Json target, Convergence.Outcome outcome)
      throws IOException {
    String digest = HexFormat.of().formatHex(Digest.sha256(target));
    if (output.json() || output.pretty()) {
      Printed.value(reported(name, outcome, digest), terminal, output);
      return;
    }
    terminal.line("%s is at version %d (%s): %s in %s"
        .formatted(
            name,
            outcome.tag().version(),
            outcome.tag(),
            Printed.count(outcome.ops(), "op"),
            Printed.count(outcome.commands(), "command")));
    terminal.line("verified: the server's document is %s, %s canonical, sha256 %s"
        .formatted(source.name(), Printed.count(target.encodedBytes(), "byte"), digest));
  }

  private static Json reported(EntityId name, Convergence.Outcome outcome, String digest) {
    return Printed.written(name, outcome.tag())
        .with("ops", Printed.number(outcome.ops()))
        .with("commands", Printed.number(outcome.commands()))
        .with("sha256", JsonString.of(digest));
  }

  private Patch patch(Change given) throws CommandFailed {
    Json ops =
        given.ops != null ? Source.of(given.ops, terminal).json() : array(Given.value(given.op));
    try {
      return Patch.parse(ops);
    } catch (PatchRefused refused) {
      throw new CommandFailed(ExitCode.USAGE, refused.detail());
    }
  }

  private static JsonArray array(List<String> texts) throws CommandFailed {
    List<Json> ops = new ArrayList<>();
    for (String text : texts) {
      try {
        ops.add(JsonReader.read(text));
      } catch (JsonRefused refused) {
        throw new CommandFailed(ExitCode.USAGE, "--op %s: %s".formatted(text, refused.detail()));
      }
    }
    return JsonArray.of(ops);
  }

  /** Which arrays of the kind have named elements, so that the difference can address them by name. */
  private static Keys keys(JsonObject kind) throws CommandFailed {
    Map<String, String> byPointer = new LinkedHashMap<>();
    Reading.object(kind, "keys")
        .ifPresent(keys ->
            keys.forEach((pointer, key) -> byPointer.put(pointer, ((JsonString) key).value())));
    try {
      return Keys.of(byPointer);
    } catch (PatchRefused refused) {
      throw new CommandFailed(ExitCode.REFUSED, "the kind's keys: " + refused.detail());
    }
  }
}
