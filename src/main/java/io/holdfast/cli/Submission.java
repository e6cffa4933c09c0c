package io.holdfast.cli;

import io.holdfast.document.Op;
import io.holdfast.document.Patch;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.util.ArrayList;
import java.util.List;

/** Ops as consecutive commands: in order, each sent until it has an outcome, each under a key of its own. */
final class Submission {
  private final Api api;
  private final EntityId entity;
  private final String key;
  private final int split;
  private final Terminal notes;

  /**
   * @param key prefix of the commands' Idempotency-Keys
   * @param split most ops in a command
   */
  Submission(Api api, EntityId entity, String key, int split, Terminal notes) {
    this.api = api;
    this.entity = entity;
    this.key = key;
    this.split = split;
    this.notes = notes;
  }

  /**
   * Sends all of {@code patch}. With a condition, each command also demands that nothing came between it and the one
   * before.
   */
  Result send(Patch patch, Condition condition) throws CommandFailed {
    List<Patch> commands = commands(patch.ops(), split);
    Condition next = condition;
    Position tag = Position.NONE;
    try (Progress progress =
        new Progress(notes, entity.toString(), "commands", commands.size(), System::nanoTime)) {
      for (int i = 0; i < commands.size(); i++) {
        tag = api.patch(
            entity, commands.get(i), next, commands.size() == 1 ? key : key + "-" + (i + 1));
        next = condition.equals(Condition.NONE) ? Condition.NONE : Condition.at(tag);
        progress.at(i + 1);
      }
    }
    return new Result(tag, commands.size());
  }

  static List<Patch> commands(List<Op> ops, int split) {
    List<Patch> commands = new ArrayList<>();
    for (int from = 0; from < ops.size(); from += split) {
      commands.add(new Patch(ops.subList(from, Math.min(ops.size(), from + split))));
    }
    return commands;
  }

  /** Where the entity stands after so many commands. */
  record Result(Position tag, int commands) {}
}
