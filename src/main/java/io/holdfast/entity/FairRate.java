package io.holdfast.entity;

import java.util.HashMap;
import java.util.Map;

/**
 * So many a second for all together, with a burst of one second's worth; whoever asks for less than half of an even share gets it
 * however much the others ask for. What they get so is taken off what comes next, so that the rate holds in the long run. Time
 * comes in with each question.
 */
final class FairRate {
  private static final long WINDOW_MS = 1000;
  private static final int MOST = 4096;

  private final int perSecond;
  private final RateLimit all;
  private final Map<String, Integer> taken = new HashMap<>();
  private long windowFrom;

  FairRate(int perSecond) {
    this.perSecond = perSecond;
    this.all = new RateLimit(perSecond);
  }

  /** Whether {@code who} may have one at {@code nowMs}; time never runs backwards. */
  boolean take(String who, long nowMs) {
    if (nowMs - windowFrom >= WINDOW_MS) {
      taken.clear();
      windowFrom = nowMs;
    }
    if (taken.size() >= MOST && !taken.containsKey(who)) {
      return all.take(nowMs);
    }
    int before = taken.getOrDefault(who, 0);
    taken.put(who, before);
    boolean given = all.take(nowMs) || (before < share() && all.borrow());
    if (given) {
      taken.put(who, before + 1);
    }
    return given;
  }

  /** Nobody but those who asked in this second counts; one alone has nobody to be protected from. */
  private int share() {
    return taken.size() < 2 ? 0 : perSecond / (2 * taken.size());
  }
}
