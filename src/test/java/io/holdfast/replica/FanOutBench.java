package io.holdfast.replica;

import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Keys;
import io.holdfast.document.Patch;
import io.holdfast.entity.Change;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.Position;
import java.util.List;
import java.util.Locale;

/** What a change costs on its way to 1 and to 1,000 sessions: encoding happens once, the rest is the hand-over. */
public final class FanOutBench {
  private static final int ROUNDS = 4000;

  private final Json document = JsonReader.read("{\"f\":1}");
  private final Patch patch =
      Patch.parse(JsonReader.read("[{\"op\":\"replace\",\"path\":\"/f\",\"value\":2}]"));
  private final byte[] ops = JsonWriter.canonical(patch.toJson());

  private FanOutBench() throws Exception {}

  public static void main(String[] args) throws Exception {
    FanOutBench bench = new FanOutBench();
    bench.run(1);
    bench.run(1000);
    double one = bench.run(1);
    double thousand = bench.run(1000);
    double handOver = (thousand - one) / 999;
    System.out.printf(
        Locale.ROOT, "%-44s %,10.0f ns%n", "one change, encoded and handed to 1 session", one);
    System.out.printf(Locale.ROOT, "%-44s %,10.0f ns%n", "the same for 1,000 sessions", thousand);
    System.out.printf(Locale.ROOT, "%-44s %,10.1f ns%n", "hand-over per further session", handOver);
    System.out.printf(
        Locale.ROOT, "%-44s %10d%n", "encodings for 1,000 sessions", bench.encodings());
  }

  private Published published(long version) {
    return Published.attached(
        new EntityId("bench", "a"), Keys.none(), new Position(1, version), document);
  }

  private Published changed(Published before, long version) {
    Change change = new Change(
        new ChangeMeta(version, "client", version, "someone", 1_700_000_000_000L), patch, ops);
    return before.then(1, document, List.of(change), 64 * 1024);
  }

  /** Nanoseconds per change, median. */
  private double run(int sessions) {
    double[] nanos = new double[ROUNDS];
    long bytes = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Published before = published(i);
      long started = System.nanoTime();
      Published after = changed(before, i + 1);
      for (int s = 0; s < sessions; s++) {
        bytes += after.since(before).wire().length;
      }
      nanos[i] = System.nanoTime() - started;
    }
    if (bytes == 0) {
      throw new IllegalStateException("frames: empty");
    }
    java.util.Arrays.sort(nanos);
    return nanos[ROUNDS / 2];
  }

  private long encodings() {
    Published before = published(1);
    Published after = changed(before, 2);
    java.util.Set<Frame> frames =
        java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    for (int s = 0; s < 1000; s++) {
      frames.add(after.since(before));
    }
    return frames.size();
  }
}
