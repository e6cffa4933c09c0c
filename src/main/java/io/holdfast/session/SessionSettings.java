package io.holdfast.session;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Limits of one session, from {@code holdfast.session}.
 *
 * @param hello how long a socket may stay without saying who it is
 * @param heartbeat what a client is told to send at least something after
 * @param idle how long a silent client is kept; it is asked after two thirds of that, or somewhat later
 * @param frameBytes longest message, also when it comes in fragments
 * @param open most entities open at once
 * @param inFlight most commands per entity without a receipt
 * @param framesPerSecond of one connection; above, frames are refused, and at twice that the connection ends
 * @param subjectFramesPerSecond of all connections of one subject on this node
 * @param coalesceBytes most bytes handed to the socket at once
 * @param drain over how long the reconnects of a draining node are spread
 */
public record SessionSettings(
    Duration hello,
    Duration heartbeat,
    Duration idle,
    int frameBytes,
    int open,
    int inFlight,
    int framesPerSecond,
    int subjectFramesPerSecond,
    int coalesceBytes,
    Duration drain) {
  public SessionSettings {
    // Whoever keeps to the heartbeat is not to be asked.
    if (idle.multipliedBy(2).compareTo(heartbeat.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException(
          "session.idle-timeout: %s (expected: ≥ 1.5 times the heartbeat, %s)"
              .formatted(idle, heartbeat));
    }
    if (open < 1 || inFlight < 1 || frameBytes < 1024) {
      throw new IllegalArgumentException(
          "session: open %d, in-flight %d, frame-bytes %d (expected: ≥ 1, ≥ 1, ≥ 1024)"
              .formatted(open, inFlight, frameBytes));
    }
  }

  public static SessionSettings from(Config root) {
    Config config = root.getConfig("holdfast.session");
    return new SessionSettings(
        config.getDuration("hello-timeout"),
        config.getDuration("heartbeat"),
        config.getDuration("idle-timeout"),
        config.getBytes("frame-bytes").intValue(),
        config.getInt("open"),
        config.getInt("in-flight"),
        config.getInt("frames-per-second"),
        config.getInt("subject-frames-per-second"),
        config.getBytes("coalesce-bytes").intValue(),
        config.getDuration("drain"));
  }
}
