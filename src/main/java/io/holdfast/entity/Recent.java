package io.holdfast.entity;

import io.holdfast.protocol.ChangeMeta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The newest changes of an entity, consecutive, within a budget of bytes: an immutable view of chunks that successive views share,
 * so that one more change costs the same however many are held. A view never keeps chunks alive that are newer than itself.
 */
public final class Recent {
  public static final Recent NONE = new Recent(new Chunk[0], 0, 0);

  private static final int CHANGE_BYTES = 200;
  private static final int MOST_CHUNKS = 64;

  private final Chunk[] chunks;
  private final int inLast;
  private final int bytes;

  private Recent(Chunk[] chunks, int inLast, int bytes) {
    this.chunks = chunks;
    this.inLast = inLast;
    this.bytes = bytes;
  }

  /** Up to {@link #SIZE} changes, filled from the left by one thread; a view reads only what was there when it was made. */
  private static final class Chunk {
    static final int SIZE = 16;

    final long first;
    final ChangeMeta[] metas = new ChangeMeta[SIZE];
    final byte[][] ops = new byte[SIZE][];
    int used;
    int bytes;

    Chunk(long first) {
      this.first = first;
    }

    void add(Change change) {
      metas[used] = change.meta();
      ops[used++] = change.ops();
      bytes += weight(change);
    }

    boolean isFull(int budgetBytes) {
      return used == SIZE || bytes > budgetBytes / 8;
    }

    Chunk copyOf(int kept) {
      Chunk copy = new Chunk(first);
      for (int i = 0; i < kept; i++) {
        copy.metas[i] = metas[i];
        copy.ops[i] = ops[i];
        copy.bytes += CHANGE_BYTES + ops[i].length;
      }
      copy.used = kept;
      return copy;
    }
  }

  /** Consecutive changes: who made them, and their ops, each a JSON array. */
  public record Span(List<ChangeMeta> metas, List<byte[]> ops) {

    /** The same with their ops parsed. */
    List<Change> changes() {
      List<Change> changes = new ArrayList<>(metas.size());
      for (int i = 0; i < metas.size(); i++) {
        changes.add(new Change(metas.get(i), CommandCodec.patch(ops.get(i)), ops.get(i)));
      }
      return changes;
    }
  }

  /** About what they take in memory, bytes. */
  public int bytes() {
    return bytes;
  }

  /** The newest one's. */
  public Optional<ChangeMeta> newest() {
    return inLast == 0 ? Optional.empty() : Optional.of(last().metas[inLast - 1]);
  }

  private Chunk last() {
    return chunks[chunks.length - 1];
  }

  /** These and the ones that follow, without the oldest where the budget ends; the newest batch is always kept. */
  public Recent then(List<Change> next, int budgetBytes) {
    List<Chunk> all = new ArrayList<>(Arrays.asList(chunks));
    if (!all.isEmpty()) {
      all.set(all.size() - 1, own(last()));
    }
    int total = bytes;
    for (Change change : next) {
      if (all.isEmpty() || all.get(all.size() - 1).isFull(budgetBytes)) {
        all.add(new Chunk(change.version()));
      }
      all.get(all.size() - 1).add(change);
      total += weight(change);
    }
    return trimmed(all, total, budgetBytes, next.get(0).version());
  }

  /** The version of the oldest one. */
  public OptionalLong oldest() {
    return chunks.length == 0 ? OptionalLong.empty() : OptionalLong.of(chunks[0].first);
  }

  /** These and the ones before them, all of them however long: the next {@link #then} trims them. */
  public Recent reachingBack(List<Change> earlier) {
    List<Change> all = new ArrayList<>(earlier);
    all.addAll(after(0).changes());
    return NONE.then(all, Integer.MAX_VALUE);
  }

  /** The chunk to go on with: a copy if another view went on with it already. */
  private Chunk own(Chunk chunk) {
    return chunk.used == inLast ? chunk : chunk.copyOf(inLast);
  }

  private static Recent trimmed(List<Chunk> all, int total, int budgetBytes, long keepFrom) {
    int left = total;
    int dropped = 0;
    while (dropped < all.size() - 1
        && (left > budgetBytes || all.size() - dropped > MOST_CHUNKS)
        && all.get(dropped + 1).first <= keepFrom) {
      left -= all.get(dropped++).bytes;
    }
    Chunk[] kept = all.subList(dropped, all.size()).toArray(Chunk[]::new);
    return new Recent(kept, kept[kept.length - 1].used, left);
  }

  private static int weight(Change change) {
    return change.ops().length + CHANGE_BYTES;
  }

  /** Whether all changes after {@code from} up to {@code to} are here. */
  public boolean covers(long from, long to) {
    return from == to || (chunks.length > 0 && chunks[0].first <= from + 1);
  }

  /** Those after {@code version}; it must be covered. */
  public Span after(long version) {
    List<ChangeMeta> metas = new ArrayList<>();
    List<byte[]> ops = new ArrayList<>();
    for (int c = 0; c < chunks.length; c++) {
      Chunk chunk = chunks[c];
      int used = c == chunks.length - 1 ? inLast : chunk.used;
      for (int i = (int) Math.max(0, version + 1 - chunk.first); i < used; i++) {
        metas.add(chunk.metas[i]);
        ops.add(chunk.ops[i]);
      }
    }
    return new Span(metas, ops);
  }

  /** Who made all that is here. */
  public List<ChangeMeta> metas() {
    return after(0).metas();
  }
}
