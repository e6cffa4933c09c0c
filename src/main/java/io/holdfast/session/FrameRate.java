package io.holdfast.session;

import io.holdfast.entity.RateLimit;
import java.util.Optional;

/** How much one connection may send: above its rate frames are refused; refused as often again, it is a flood. */
final class FrameRate {

  enum Answer {
    FINE,
    REFUSED,
    FLOOD
  }

  private final RateLimit allowed;
  private final RateLimit refusals;

  FrameRate(int perSecond) {
    this.allowed = new RateLimit(perSecond);
    this.refusals = new RateLimit(perSecond);
  }

  Answer take(long nowMs, Optional<Rates.Share> subject) {
    boolean fine =
        allowed.take(nowMs) && subject.map(share -> share.take(nowMs)).orElse(true);
    if (fine) {
      return Answer.FINE;
    }
    return refusals.take(nowMs) ? Answer.REFUSED : Answer.FLOOD;
  }
}
