package io.holdfast.replica;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.PatchRefused;
import io.holdfast.entity.Change;
import io.holdfast.entity.Notice;
import io.holdfast.kind.Kind;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.util.List;
import java.util.Optional;

/** A node's copy of one document, as its changes arrive: it only ever moves forward in its history. */
final class Copy {

  /** What a piece of news led to. */
  enum Step {
    /** Known already, or there is no copy yet. */
    NOTHING,
    FURTHER,
    /** Changes before it are missing here. */
    GAP,
    /** It does not apply to what is here. */
    DIVERGED
  }

  private final EntityId entity;
  private final Kind kind;
  private final int recentBytes;
  private Optional<Published> newest = Optional.empty();

  /** Keeps recent changes of {@code recentBytes}. */
  Copy(EntityId entity, Kind kind, int recentBytes) {
    this.entity = entity;
    this.kind = kind;
    this.recentBytes = recentBytes;
  }

  /** The document, once there is one. */
  Optional<Published> newest() {
    return newest;
  }

  /** How far it is; {@link Position#NONE} while there is none. */
  Position at() {
    return newest.map(Published::at).orElse(Position.NONE);
  }

  /** About how much memory it takes, bytes. */
  long weight() {
    return newest
        .map(copy -> copy.document().encodedBytes() + (long) copy.recentBytes())
        .orElse(0L);
  }

  /** Forgets the document. */
  void drop() {
    newest = Optional.empty();
  }

  /** Takes the whole document; false if a writer sent it that does not know its successor yet: what was shown is not taken back. */
  boolean replace(Position at, Json document) {
    Position here = at();
    if (newest.isPresent() && here.epoch() == at.epoch() && here.version() > at.version()) {
      return false;
    }
    boolean untouched = at.version() == 0 && document == JsonNull.NULL;
    Json visible = untouched ? kind.initial() : document;
    newest = Optional.of(Published.attached(entity, kind.keys(), at, visible));
    return true;
  }

  /** Takes changes that are in the journal. */
  Step advance(Notice.Committed committed) {
    if (newest.isEmpty()) {
      return Step.NOTHING;
    }
    Published before = newest.get();
    boolean rewritten =
        before.at().version() > 0 && committed.epoch() != before.at().epoch();
    if (rewritten || committed.from() > before.at().version()) {
      return Step.GAP;
    }
    return committed.from() < before.at().version() ? Step.NOTHING : apply(before, committed);
  }

  /** Has earlier changes at hand, if they lead to where those begin that are at hand already. */
  void reachBack(Position from, List<Change> earlier) {
    newest = newest.map(copy -> fits(copy, from, earlier) ? copy.reachingBack(earlier) : copy);
  }

  private static boolean fits(Published copy, Position from, List<Change> earlier) {
    return from.epoch() == copy.at().epoch() && from.version() + earlier.size() == copy.reach();
  }

  private Step apply(Published before, Notice.Committed committed) {
    try {
      Json after = committed.after(before.document());
      newest = Optional.of(before.then(committed.epoch(), after, committed.changes(), recentBytes));
      return Step.FURTHER;
    } catch (PatchRefused diverged) {
      return Step.DIVERGED;
    }
  }
}
