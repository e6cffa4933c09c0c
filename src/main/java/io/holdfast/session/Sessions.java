package io.holdfast.session;

import akka.Done;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/** Every live session of a node, so that it can say goodbye to them. Thread-safe. */
public final class Sessions {
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

  /** Ends every session with {@code goaway}, their return spread evenly over {@code overMs}; completes when all are gone. */
  public CompletionStage<Done> drain(long overMs) {
    draining = true;
    farewells.forEach(
        farewell -> farewell.accept(ThreadLocalRandom.current().nextLong(Math.max(1, overMs))));
    completeIfEmpty();
    return drained;
  }
}
