package io.holdfast.entity;

import io.holdfast.protocol.Refusal;

/** What became of one proposal. */
public sealed interface Verdict {

  /** It is change {@code version}; {@code duplicate} if it already was. */
  record Accepted(long version, boolean duplicate) implements Verdict {}

  /** It is not applied; judged at {@code version}. */
  record Refused(Refusal why, long version) implements Verdict {}

  /** Its predecessor is unknown; the client has to resend from the one after {@code expected}. */
  record Gap(long expected) implements Verdict {}

  /** Nobody judged it, or nobody knows; sending the same command again is safe. */
  record Undecided(Refusal why) implements Verdict {}

  /** It was decided long ago; the journal knows, looking back from {@code version}. */
  record DecidedBefore(long version) implements Verdict {}
}
