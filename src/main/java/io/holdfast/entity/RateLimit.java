package io.holdfast.entity;

/** A token bucket: so many a second, with a burst of one second's worth. Time comes in with each question. */
public final class RateLimit {
  private static final double MS_PER_SECOND = 1000;

  private final double perSecond;
  private double tokens;
  private long filledAt;

  public RateLimit(int perSecond) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
  }

  /** Takes one if there is one at {@code nowMs}; time never runs backwards. */
  public boolean take(long nowMs) {
    if (nowMs > filledAt) {
      double gained = filledAt == 0 ? perSecond : (nowMs - filledAt) * perSecond / MS_PER_SECOND;
      tokens = Math.min(perSecond, tokens + gained);
      filledAt = nowMs;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Takes one of those that are still to come, at most one second's worth of them. */
  boolean borrow() {
    if (tokens < 1 - perSecond) {
      return false;
    }
    tokens--;
    return true;
  }
}
