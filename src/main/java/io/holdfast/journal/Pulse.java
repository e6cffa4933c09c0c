package io.holdfast.journal;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tells a journal that is stuck from a database that is down: stuck is one that wrote nothing for long although the database
 * answered all that time. Times are nanoseconds of one clock.
 */
final class Pulse {
  private final long patience;
  private long writtenAt;
  private OptionalLong databaseFineSince = OptionalLong.empty();

  Pulse(Duration patience, long now) {
    this.patience = patience.toNanos();
    this.writtenAt = now;
  }

  /** The journal wrote something at {@code at}. */
  void wrote(long at) {
    if (at - writtenAt > 0) {
      writtenAt = at;
      databaseFineSince = OptionalLong.empty();
    }
  }

  /** A connection beside the journal got an answer, or did not. */
  void database(boolean answers, long now) {
    if (!answers) {
      databaseFineSince = OptionalLong.empty();
    } else if (databaseFineSince.isEmpty()) {
      databaseFineSince = OptionalLong.of(now);
    }
  }

  /** Whether nothing was written for so long that the database should be asked. */
  boolean isSilent(long now, Duration usual) {
    return now - writtenAt > usual.toNanos();
  }

  boolean isStuck(long now) {
    return databaseFineSince.isPresent() && now - databaseFineSince.getAsLong() > patience;
  }
}
