package io.holdfast.replica;

import io.holdfast.document.Diff;
import io.holdfast.document.Json;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Keys;
import io.holdfast.entity.Change;
import io.holdfast.entity.Recent;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.ServerFrames;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A document at one version with the changes that led to it, as sessions get it. Immutable but for the frames, which are encoded
 * on first demand, once for everyone. Thread-safe.
 */
public final class Published {
  /** A merged frame this small is never replaced by a full state. */
  private static final int ALWAYS_MERGED = 4096;

  private static final int META_BYTES = 100;

  private final EntityId entity;
  private final Keys keys;
  private final Position at;
  private final Json document;
  private final Recent recent;
  private volatile @Nullable Memo memo;

  /** An encoded frame that leads from version {@code from}; {@code -1} stands for the full state. */
  private record Memo(long from, Frame frame, @Nullable Memo next) {}

  private Published(EntityId entity, Keys keys, Position at, Json document, Recent recent) {
    this.entity = entity;
    this.keys = keys;
    this.at = at;
    this.document = document;
    this.recent = recent;
  }

  static Published attached(EntityId entity, Keys keys, Position at, Json document) {
    return new Published(entity, keys, at, document, Recent.NONE);
  }

  /** This and the changes that follow it; {@code document} is what they lead to. */
  Published then(long epoch, Json after, List<Change> changes, int budgetBytes) {
    Position next = new Position(epoch, changes.get(changes.size() - 1).version());
    return new Published(entity, keys, next, after, recent.then(changes, budgetBytes));
  }

  /** The same document with earlier changes at hand than before. */
  Published reachingBack(List<Change> earlier) {
    return new Published(entity, keys, at, document, recent.reachingBack(earlier));
  }

  /** The version from which on all changes are at hand. */
  long reach() {
    return recent.oldest().orElse(at.version() + 1) - 1;
  }

  public EntityId entity() {
    return entity;
  }

  public Position at() {
    return at;
  }

  /** What the entity holds; {@code null} when it does not exist and its kind has no initial document. */
  public Json document() {
    return document;
  }

  /** The newest change, where this node saw it happen. */
  public java.util.Optional<ChangeMeta> newest() {
    return recent.newest();
  }

  /** Memory held for recent changes, bytes. */
  int recentBytes() {
    return recent.bytes();
  }

  /** The whole document. */
  public Frame state() {
    return encodedOnce(-1, () -> ServerFrames.state(entity, at, document));
  }

  /** Whether a client that has {@code known} can be brought here by changes this node still holds. */
  public boolean reaches(Position known) {
    return known.epoch() == at.epoch()
        && known.version() <= at.version()
        && recent.covers(known.version(), at.version());
  }

  /**
   * What brings a client from {@code sent}, which it has, to here: one frame, {@code changed} or, where that is smaller,
   * {@code state}.
   */
  public Frame since(Published sent) {
    if (sent.at.epoch() != at.epoch() || sent.at.version() > at.version()) {
      return state();
    }
    return reaches(sent.at) ? since(sent.at.version()) : difference(sent);
  }

  /** The same from a version that {@link #reaches} confirmed. */
  public Frame since(long version) {
    return encodedOnce(version, () -> smaller(merged(version)));
  }

  private Frame merged(long from) {
    Recent.Span span = recent.after(from);
    return ServerFrames.changed(entity, from, at.version(), span.ops(), span.metas());
  }

  private Frame difference(Published sent) {
    if (document.encodedBytes() <= ALWAYS_MERGED) {
      return state();
    }
    return encodedOnce(sent.at.version(), () -> smaller(diff(sent)));
  }

  private Frame diff(Published sent) {
    byte[] ops =
        JsonWriter.canonical(Diff.between(sent.document, document, keys).toJson());
    return ServerFrames.changed(
        entity, sent.at.version(), at.version(), List.of(ops), recent.metas());
  }

  private Frame smaller(Frame merged) {
    boolean big =
        merged.size() > ALWAYS_MERGED && merged.size() > document.encodedBytes() + META_BYTES;
    return big ? state() : merged;
  }

  private Frame encodedOnce(long from, Supplier<Frame> encode) {
    Frame known = find(from);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      Frame raced = find(from);
      if (raced != null) {
        return raced;
      }
      Frame frame = encode.get();
      memo = new Memo(from, frame, memo);
      return frame;
    }
  }

  private @Nullable Frame find(long from) {
    for (Memo m = memo; m != null; m = m.next()) {
      if (m.from() == from) {
        return m.frame();
      }
    }
    return null;
  }
}
