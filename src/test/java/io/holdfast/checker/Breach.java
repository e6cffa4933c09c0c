package io.holdfast.checker;

/** The ways to break a promise, each with the promise's number. */
public enum Breach {
  ACKNOWLEDGED_MISSING("P1", "an acknowledged command is not in the journal"),
  ACKNOWLEDGED_ELSEWHERE("P1", "a command was acknowledged at another version than the journal's"),
  REFUSED_YET_STORED("P1", "a refused command is in the journal"),
  NEVER_SENT("P1", "the journal holds a command that nobody sent"),
  NOT_AS_SENT("P1", "the journal holds a command otherwise than it was sent"),
  SEEN_BUT_NOT_STORED("P1", "somebody saw a version that is not in the journal"),
  HOLE("P2", "versions are missing in the journal or stand there twice"),
  WRITERS_INTERLEAVED("P2", "two writers took turns"),
  ORDER_AGAINST_TIME("P2", "a command sent after another's receipt stands before it"),
  CONDITION_IGNORED("P2", "a command took effect at a version that its condition excludes"),
  APPLIED_TWICE("P3", "a command took effect more than once"),
  REORDERED("P3", "a client's commands took effect in another order than it sent them"),
  SILENT_HOLE("P4", "an observer was led over a gap without being told"),
  SEEN_TWICE("P4", "an observer saw a change twice"),
  OUT_OF_ORDER("P4", "an observer saw changes out of order"),
  OPS_NOT_THE_JOURNALS("P4", "what an observer was told to apply is not what the journal holds"),
  LEFT_BEHIND("P4", "an observer that stayed did not hear of the newest change"),
  STALE_READ("P4", "a read that asked for a version got an older one"),
  TWO_OUTCOMES("P5", "a command got two different outcomes"),
  NEVER_DECIDED("P5", "a command sent again and again got no outcome"),
  CHAIN_BROKEN("P6", "an event does not fit the ones before it"),
  NOT_THE_JOURNALS("P6", "a document was served that is not what the journal gives"),
  DAMAGE_SERVED("P6", "a damaged document was served as good");

  private final String promise;
  private final String meaning;

  Breach(String promise, String meaning) {
    this.promise = promise;
    this.meaning = meaning;
  }

  /** {@code P1} to {@code P6}. */
  public String promise() {
    return promise;
  }

  public String meaning() {
    return meaning;
  }
}
