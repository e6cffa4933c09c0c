package io.holdfast.cli;

import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every writing command understands: its precondition and its name for retries. */
final class WriteOptions {
  @Option(
      names = "--if-version",
      paramLabel = "V",
      order = 20,
      description =
          "Only if the document is at this version: 17, or 1.17 (EPOCH.VERSION); 0: only if there is none.")
  private @Nullable String ifVersion;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      order = 21,
      description = {
        "Idempotency-Key. Repeating a command with the same key has no further effect and"
            + " gives the first outcome. Default: a new one for each run."
      })
  private @Nullable String key;

  String key() throws CommandFailed {
    String given = Optional.ofNullable(key).orElseGet(() -> "cli-" + UUID.randomUUID());
    if (!given.matches("[A-Za-z0-9_-]{1,48}")) {
      throw new CommandFailed(
          ExitCode.USAGE, "--key: %s (expected: 1–48 of A-Z a-z 0-9 _ -)".formatted(given));
    }
    return given;
  }

  /** The precondition of a command that has a switch of its own for it. */
  Condition createOnly() throws CommandFailed {
    if (ifVersion != null) {
      throw new CommandFailed(
          ExitCode.USAGE, "--if-version: with --create-only (expected: one of them)");
    }
    return Condition.ABSENT;
  }

  /** Refuses a precondition where none makes sense. */
  void withoutCondition(String why) throws CommandFailed {
    if (ifVersion != null) {
      throw new CommandFailed(ExitCode.USAGE, "--if-version: " + why);
    }
  }

  /** The precondition; a bare version number is completed with the epoch the entity is in. */
  Condition condition(Api api, EntityId entity) throws CommandFailed {
    if (ifVersion == null) {
      return Condition.NONE;
    }
    if (ifVersion.equals("0")) {
      return Condition.ABSENT;
    }
    Optional<Position> exact = Position.parse(ifVersion);
    return exact.isPresent() ? Condition.at(exact.get()) : numbered(ifVersion, api, entity);
  }

  private static Condition numbered(String text, Api api, EntityId entity) throws CommandFailed {
    if (!text.matches("\\d{1,18}")) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--if-version: %s (expected: a version such as 17 or 1.17 (EPOCH.VERSION))"
              .formatted(text));
    }
    Position now = api.tag(entity);
    if (now.version() != Long.parseLong(text)) {
      throw new CommandFailed(
          ExitCode.CONFLICT,
          "version-mismatch: version: %d (expected: %s)".formatted(now.version(), text));
    }
    return Condition.at(now);
  }
}
