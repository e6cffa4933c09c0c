package io.holdfast.session;

import io.holdfast.entity.RateLimit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How much each subject may send over all its connections to this node. Bounded by the sessions that hold a share. */
public final class Rates {
  private final int perSecond;
  private final ConcurrentMap<String, Share> bySubject = new ConcurrentHashMap<>();

  public Rates(int perSecond) {
    this.perSecond = perSecond;
  }

  /** One subject's budget; thread-safe. */
  static final class Share {
    private final RateLimit limit;
    private int holders;

    private Share(int perSecond) {
      this.limit = new RateLimit(perSecond);
    }

    synchronized boolean take(long nowMs) {
      return limit.take(nowMs);
    }
  }

  /** To be given back by {@link #release}. */
  Share hold(String subject) {
    return bySubject.compute(
        subject, (name, share) -> held(share == null ? new Share(perSecond) : share));
  }

  private static Share held(Share share) {
    share.holders++;
    return share;
  }

  void release(String subject) {
    bySubject.computeIfPresent(subject, (name, share) -> --share.holders == 0 ? null : share);
  }
}
