package io.holdfast.acceptance;

import java.util.concurrent.atomic.AtomicLong;

/** Names nobody else in this run uses, so that tests can share a node. */
final class Names {
  private static final AtomicLong LAST = new AtomicLong();

  private Names() {}

  static String fresh(String prefix) {
    return prefix.replaceAll("[^A-Za-z0-9]", "") + "-" + LAST.incrementAndGet();
  }

  /** An entity of {@code kind} that does not exist yet. */
  static String entity(String kind) {
    return kind + "/" + fresh("e");
  }
}
