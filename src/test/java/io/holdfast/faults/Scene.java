package io.holdfast.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Where a fault strikes: the nodes, the clients at work, and a source of chance. */
record Scene(Cluster cluster, Load load, Surroundings around, Random random) {

  /** Any node. */
  int anyPlace() {
    return random.nextInt(cluster.size());
  }

  /** Lets the clients go on until so many more commands are accepted. */
  void workOn(int accepted) {
    load.awaitAccepted(accepted);
  }

  /** Keeps things as they are for a while: the length of the fault is part of it. */
  void hold(Duration time) {
    try {
      if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("latch: open (expected: nobody opens it)");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Waits until that is so. */
  void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition);
  }
}
