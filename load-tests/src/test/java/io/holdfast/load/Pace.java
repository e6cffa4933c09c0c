package io.holdfast.load;

import java.time.Duration;

/**
 * How many users do how much, from system properties {@code holdfast.users} and so on.
 *
 * @param users how many there are at the same time
 * @param rooms how many shared entities they are spread over
 * @param commands how many commands each user sends
 * @param interval time between two commands of one user
 * @param ramp time in which the users arrive
 */
record Pace(int users, int rooms, int commands, Duration interval, Duration ramp) {
  /** A client says something at least this often, so that the server does not take it for dead. */
  private static final Duration BREATH = Duration.ofSeconds(4);

  Pace {
    if (users < 1 || rooms < 1 || commands < 1) {
      throw new IllegalArgumentException(
          "users, rooms, commands: %d, %d, %d (expected: all positive)"
              .formatted(users, rooms, commands));
    }
  }

  /** Twenty users, a few seconds. */
  static Pace smoke() {
    return new Pace(
        Integer.getInteger("holdfast.users", 20),
        Integer.getInteger("holdfast.rooms", 2),
        Integer.getInteger("holdfast.commands", 20),
        Duration.ofMillis(100),
        Duration.ofSeconds(1));
  }

  /** A thousand users, a given number of updates a second in sum, minutes. */
  static Pace steady() {
    int users = Integer.getInteger("holdfast.users", 1000);
    int perSecond = Integer.getInteger("holdfast.updates", 120);
    int seconds = Integer.getInteger("holdfast.seconds", 180);
    Duration interval = Duration.ofMillis(1000L * users / perSecond);
    int commands = (int) Math.max(1, Duration.ofSeconds(seconds).dividedBy(interval));
    int ramp = Integer.getInteger("holdfast.ramp", 30);
    return new Pace(
        users,
        Integer.getInteger("holdfast.rooms", 20),
        commands,
        interval,
        Duration.ofSeconds(ramp));
  }

  /** How many receipts there must be. */
  long receipts() {
    return (long) users * commands;
  }

  /** How many copies must be the server's document in the end: each user's own and shared one. */
  long agreements() {
    return 2L * users;
  }

  /** How many times a user breathes between two commands. */
  int breaths() {
    return (int) (interval.toMillis() / BREATH.toMillis()) + 1;
  }

  /** Time between two breaths. */
  Duration breath() {
    return interval.dividedBy(breaths());
  }
}
