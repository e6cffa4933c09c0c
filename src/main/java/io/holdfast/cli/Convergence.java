package io.holdfast.cli;

import io.holdfast.document.Diff;
import io.holdfast.document.Json;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Keys;
import io.holdfast.document.Patch;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/**
 * Brings a document to a target by the commands their difference needs. Computes the difference again whenever somebody
 * else wrote meanwhile, and ends only when the server's document has been read back and is the target.
 */
final class Convergence {
  private static final int ROUNDS = 20;

  private final Api api;
  private final EntityId entity;
  private final Json target;
  private final Keys keys;
  private final String key;
  private final int split;
  private final Terminal notes;
  private int ops;
  private int commands;

  Convergence(
      Api api, EntityId entity, Json target, Keys keys, String key, int split, Terminal notes) {
    this.api = api;
    this.entity = entity;
    this.target = target;
    this.keys = keys;
    this.key = key;
    this.split = split;
    this.notes = notes;
  }

  /** What was needed, and the version that was seen to be the target. */
  record Outcome(Position tag, int ops, int commands) {}

  Outcome run() throws CommandFailed {
    for (int round = 1; round <= ROUNDS; round++) {
      Optional<Api.Document> current = api.latest(entity);
      if (current.isPresent() && current.get().doc().equals(target)) {
        return new Outcome(current.get().tag(), ops, commands);
      }
      approach(current, key + "-" + round);
    }
    throw new CommandFailed(
        ExitCode.DIFFERS,
        "%s: still not the target after %d rounds; somebody else keeps writing it"
            .formatted(entity, ROUNDS));
  }

  private void approach(Optional<Api.Document> current, String roundKey) throws CommandFailed {
    try {
      if (current.isPresent()) {
        change(current.get(), roundKey);
      } else {
        create(roundKey);
      }
    } catch (ServerRefused refused) {
      if (!refused.isConflict()) {
        throw refused;
      }
      notes.note("holdfast: %s; computing the difference again".formatted(refused.line()));
    }
  }

  private void change(Api.Document current, String roundKey) throws CommandFailed {
    Patch patch = Diff.between(current.doc(), target, keys);
    Submission submission = new Submission(api, entity, roundKey, split, notes);
    Submission.Result result = submission.send(patch, Condition.at(current.tag()));
    ops += patch.ops().size();
    commands += result.commands();
  }

  private void create(String roundKey) throws CommandFailed {
    byte[] document = JsonWriter.canonical(target);
    api.put(entity, BodyPublishers.ofByteArray(document), Condition.ABSENT, roundKey);
    ops += 1;
    commands += 1;
  }
}
