package io.holdfast.session;

import akka.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/** Every live session of a node, so that it can say goodbye to them. Thread-safe. */
public final class Sessions {
  private static final int PER_SECOND = 1000;
  private static final int SLICES = 20;

  /** Short, because a client can write nothing meanwhile; the turns spread the load. */
  private static final long RETRY_WITHIN_MS = 500;

  private final Set<LongConsumer> farewells = ConcurrentHashMap.newKeySet();
  private final AtomicInteger behind = new AtomicInteger();
  private final CompletableFuture<Done> drained = new CompletableFuture<>();
  private volatile boolean draining;

  /** How many there are. */
  public int size() {
    return farewells.size();
  }

  /** How many have not been sent the newest yet because their socket is busy. */
  public int behind() {
    return behind.get();
  }

  void countBehind(int change) {
    behind.addAndGet(change);
  }

  /** Whether it is saying goodbye; new ones should go elsewhere. */
  public boolean isDraining() {
    return draining;
  }

  /** {@code farewell} ends the session, telling its client to come back after so many milliseconds. */
  void add(LongConsumer farewell) {
    farewells.add(farewell);
    if (draining) {
      sayFarewell(farewell);
    }
  }

  void remove(LongConsumer farewell) {
    farewells.remove(farewell);
    completeIfEmpty();
  }

  private void completeIfEmpty() {
    if (draining && farewells.isEmpty()) {
      drained.complete(Done.getInstance());
    }
  }

  /**
   * Ends every session with {@code goaway}, a few at a time so that other nodes see them come evenly: over as long as it takes at
   * {@link #PER_SECOND}, at most {@code mostMs}. Completes when all are gone.
   */
  public CompletionStage<Done> drain(long mostMs) {
    draining = true;
    List<LongConsumer> all = new ArrayList<>(farewells);
    long overMs = Math.min(mostMs, 1000L * all.size() / PER_SECOND);
    for (int slice = 0; slice < SLICES; slice++) {
      List<LongConsumer> turn =
          all.subList(all.size() * slice / SLICES, all.size() * (slice + 1) / SLICES);
      CompletableFuture.delayedExecutor(overMs * slice / SLICES, TimeUnit.MILLISECONDS)
          .execute(() -> turn.forEach(Sessions::sayFarewell));
    }
    completeIfEmpty();
    return drained;
  }

  private static void sayFarewell(LongConsumer farewell) {
    farewell.accept(ThreadLocalRandom.current().nextLong(RETRY_WITHIN_MS));
  }
}
