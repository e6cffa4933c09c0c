package io.holdfast.faults;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells from what a client sends whether the answer under way is to a statement that writes events. */
final class EventWrites {
  private static final String INSERT = "INSERT INTO \"event_journal\"";

  private final Set<String> statements = ConcurrentHashMap.newKeySet();
  private volatile boolean pending;

  /** A message of the client's: Parse names a statement, Bind uses it, Query says it all at once. */
  void sent(byte type, byte[] body) {
    if (type == 'P') {
      String name = text(body, 0);
      if (text(body, end(body, 0) + 1).contains(INSERT)) {
        statements.add(name);
      } else {
        statements.remove(name);
      }
    } else if (type == 'B') {
      pending |= statements.contains(text(body, end(body, 0) + 1));
    } else if (type == 'Q') {
      pending |= text(body, 0).contains(INSERT);
    }
  }

  boolean isPending() {
    return pending;
  }

  /** Whether that ReadyForQuery says that events are committed. */
  boolean committed(byte[] readyForQuery) {
    boolean was = pending;
    boolean idle = readyForQuery.length == 1 && readyForQuery[0] == 'I';
    pending = was && !idle;
    return was && idle;
  }

  private static String text(byte[] body, int from) {
    return new String(body, from, end(body, from) - from, StandardCharsets.UTF_8);
  }

  private static int end(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    return end;
  }
}
