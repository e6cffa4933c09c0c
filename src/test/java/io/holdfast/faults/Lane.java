package io.holdfast.faults;

import io.holdfast.checker.CommandId;
import io.holdfast.checker.Sent;
import io.holdfast.checker.Sight;
import io.holdfast.document.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One client's view of one entity: the commands it has no receipt for, in order, and what it has of the document. Not thread-safe. */
final class Lane {
  /** A command without a receipt. */
  private record Open(Commands.Wish wish) {}

  private final String client;
  private final String entity;
  private final boolean observed;
  private final NavigableMap<Long, Open> open = new TreeMap<>();
  private long last;
  private long gapAfter = Sight.NOTHING;
  private long epoch = Sight.NOTHING;
  private long version = Sight.NOTHING;
  private long heardAt;
  private boolean resendPlanned;

  Lane(String client, String entity, boolean observed) {
    this.client = client;
    this.entity = entity;
    this.observed = observed;
  }

  String entity() {
    return entity;
  }

  boolean isObserved() {
    return observed;
  }

  int unresolved() {
    return open.size();
  }

  /** The version the client has; {@link Sight#NOTHING} before the first frame. */
  long version() {
    return version;
  }

  /** Takes a new command in; it is to be sent as {@link #frame} says. */
  long add(Commands.Wish wish) {
    heardAt = open.isEmpty() ? System.nanoTime() : heardAt;
    open.put(++last, new Open(wish));
    return last;
  }

  /** Whether that receipt was waited for. */
  boolean resolve(long seq) {
    heardAt = System.nanoTime();
    gapAfter = Sight.NOTHING;
    return open.remove(seq) != null;
  }

  /** Whether the command without a receipt may be refused with {@code code}; a refusal may have been forgotten since. */
  boolean mayFailAs(long seq, String code) {
    Open command = open.get(seq);
    String meant = command == null ? code : command.wish().mayFailAs();
    return meant.equals(code) || (!meant.isEmpty() && code.equals("expired-client"));
  }

  /** All unresolved ones, oldest first. */
  List<Long> unresolvedSeqs() {
    return new ArrayList<>(open.keySet());
  }

  /** The server has decided up to {@code expected}: the first one behind that must follow it directly. */
  void gap(long expected) {
    gapAfter = expected;
  }

  Sent sending(long seq) {
    Open command = open.get(seq);
    if (command == null) {
      throw new IllegalStateException("seq: %d (expected: an unresolved one)".formatted(seq));
    }
    CommandId id = new CommandId(client, entity, seq);
    return new Sent(
        System.nanoTime(),
        id,
        after(seq),
        command.wish().ifVersion(),
        command.wish().ops());
  }

  private long after(long seq) {
    boolean first = gapAfter != Sight.NOTHING && Long.valueOf(seq).equals(open.higherKey(gapAfter));
    return first ? gapAfter : seq - 1;
  }

  static String frame(Sent command) {
    String condition =
        command.ifVersion() == Sent.ANY ? "" : ",\"if\":%d".formatted(command.ifVersion());
    return "{\"t\":\"mutate\",\"entity\":\"%s\",\"seq\":%d,\"after\":%d,\"ops\":%s%s}"
        .formatted(
            command.command().entity(),
            command.command().seq(),
            command.after(),
            JsonWriter.text(command.ops()),
            condition);
  }

  /** What to say to observe from where the client is. */
  Sight.Opened opening() {
    return new Sight.Opened(epoch, version);
  }

  static String frame(String entity, Sight.Opened opening) {
    return opening.version() == Sight.NOTHING
        ? "{\"t\":\"open\",\"entity\":\"%s\"}".formatted(entity)
        : "{\"t\":\"open\",\"entity\":\"%s\",\"epoch\":%d,\"version\":%d}"
            .formatted(entity, opening.epoch(), opening.version());
  }

  /** Follows a frame; false if it does not fit and the whole must be asked for. */
  boolean follow(Sight sight) {
    if (sight instanceof Sight.State state) {
      epoch = state.epoch();
      version = state.version();
    } else if (sight instanceof Sight.Changed changed) {
      boolean fits = changed.from() == version;
      version = fits ? changed.version() : Sight.NOTHING;
      return fits;
    }
    return true;
  }

  /** Whether commands wait and nothing was heard of any for that long. */
  boolean isSilentFor(long nanos) {
    return !open.isEmpty() && System.nanoTime() - heardAt > nanos;
  }

  /** True once, until {@link #resent}. */
  boolean planResend() {
    boolean planned = resendPlanned;
    resendPlanned = true;
    return !planned;
  }

  void resent() {
    resendPlanned = false;
    heardAt = System.nanoTime();
  }
}
