package io.holdfast.faults;

/**
 * How much load, on what.
 *
 * @param sessions clients, each with one connection
 * @param entities those that share one half of the commands
 * @param hot those few that share the other half
 * @param commandsPerSecond of all clients together
 */
record Plan(int sessions, int entities, int hot, int commandsPerSecond) {
  /** The least that the promises are to be held under. */
  static final Plan USUAL = new Plan(210, 110, 4, 250);

  /** The one entity of a megabyte. */
  static final String LARGE = "note/large";

  static final int LARGE_MEMBERS = 1000;
  static final int LARGE_MEMBER_CHARS = 1000;

  /** The entity of one half of a session's commands. */
  String hot(int session) {
    return "note/hot-" + session % hot;
  }

  /** The entity of the other half. */
  String own(int session) {
    return session < 2 ? LARGE : "note/e-" + session % entities;
  }

  /** Every so many sessions one observes its hot entity. */
  boolean observesHot(int session) {
    return session % 5 == 0;
  }

  int allEntities() {
    return entities + hot + 1;
  }

  /** Milliseconds between two commands of a session. */
  long spacingMs() {
    return 1000L * sessions / commandsPerSecond;
  }
}
