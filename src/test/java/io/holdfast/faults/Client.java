package io.holdfast.faults;

import io.holdfast.checker.CommandId;
import io.holdfast.checker.Receipt;
import io.holdfast.checker.Seen;
import io.holdfast.checker.Sent;
import io.holdfast.checker.Sight;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client as the protocol demands one: ordered commands, a bounded number without a receipt, all of them again after every break,
 * resuming by epoch and version, coming back to any node. All it says and hears is recorded. Thread-safe.
 */
final class Client {
  private static final int WINDOW = 16;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(12);
  private static final AtomicLong CONNECTIONS = new AtomicLong();

  private final String name;
  private final Surroundings around;
  private final Random random;
  private final Backoff backoff;
  private final Mischief mischief;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private @Nullable Wire wire;
  private boolean welcome;
  private boolean left;
  private int attempts;
  private long heartbeatNanos = TimeUnit.SECONDS.toNanos(10);

  Client(String name, Surroundings around, long seed) {
    this.name = name;
    this.around = around;
    this.random = new Random(seed);
    this.backoff = new Backoff(random);
    this.mischief = new Mischief(random);
    this.attempts = random.nextInt(1000);
  }

  String name() {
    return name;
  }

  /** Works on {@code entity} from now on, and observes it too if asked; to be said before {@link #connect}. */
  synchronized Client on(String entity, boolean observe) {
    lanes.put(entity, new Lane(name, entity, observe));
    return this;
  }

  /** From now on so many of its frames in a hundred are lost, doubled or swapped on their way. */
  synchronized void misbehave(int percent) {
    mischief.set(percent);
  }

  synchronized void connect() {
    if (!left) {
      URI node = around.nodes().get(Math.floorMod(attempts++, around.nodes().size()));
      String connection = name + "#" + CONNECTIONS.incrementAndGet();
      Wire made = Wire.to(around.http(), node, connection, this::heard, this::ended);
      wire = made;
      made.say("{\"t\":\"hello\",\"client\":\"%s\",\"token\":\"%s\"}"
          .formatted(name, around.token(name)));
      if (made.isOver()) {
        ended(made);
      }
    }
  }

  /** Takes in a command for {@code entity}, unless as many as it may have there wait for receipts. */
  synchronized boolean command(String entity, Commands.Wish wish) {
    Lane lane = lane(entity);
    if (lane.unresolved() >= WINDOW) {
      return false;
    }
    long seq = lane.add(wish);
    send(lane, seq);
    return true;
  }

  private Lane lane(String entity) {
    return java.util.Objects.requireNonNull(lanes.get(entity), entity);
  }

  private void send(Lane lane, long seq) {
    Wire now = wire;
    if (welcome && now != null) {
      Sent sending = lane.sending(seq);
      around.recorder().sent(sending);
      mischief.pass(Lane.frame(sending), now::say);
    } else {
      around.recorder().sent(lane.sending(seq));
    }
  }

  private void resend(Lane lane) {
    lane.resent();
    lane.unresolvedSeqs().forEach(seq -> send(lane, seq));
  }

  private void open(Lane lane) {
    Wire now = wire;
    if (welcome && now != null && lane.isObserved()) {
      Sight.Opened opening = lane.opening();
      around.recorder().seen(new Seen(System.nanoTime(), now.name(), lane.entity(), opening));
      now.say(Lane.frame(lane.entity(), opening));
    }
  }

  private synchronized void heard(Wire from, String text) {
    if (from != wire) {
      return;
    }
    try {
      take(Incoming.parse(text));
    } catch (RuntimeException | AssertionError failed) {
      around
          .recorder()
          .surprise("%s on %s".formatted(failed, text.substring(0, Math.min(200, text.length()))));
    }
  }

  private void take(Incoming frame) {
    switch (frame.t()) {
      case "welcome" -> welcomed(frame);
      case "state", "changed", "current" -> observed(frame);
      case "accepted" -> receipt(frame, true);
      case "refused" -> receipt(frame, false);
      case "gap" -> gap(frame);
      case "error" -> error(frame);
      case "closed" -> reopenLater(lane(frame.text("entity")), frame);
      case "goaway" -> backoff.ask(frame.number("retryAfterMs"));
      case "pong" -> {}
      default -> around.recorder().surprise("frame " + frame.t());
    }
  }

  private void welcomed(Incoming frame) {
    welcome = true;
    heartbeatNanos = TimeUnit.MILLISECONDS.toNanos(frame.number("heartbeatMs"));
    lanes.values().forEach(this::open);
    lanes.values().forEach(this::resend);
  }

  private void observed(Incoming frame) {
    Lane lane = lane(frame.text("entity"));
    Sight sight = frame.sight().orElseThrow();
    Wire now = java.util.Objects.requireNonNull(wire);
    around.recorder().seen(new Seen(System.nanoTime(), now.name(), lane.entity(), sight));
    if (sight instanceof Sight.Changed changed) {
      for (Sight.Line line : changed.changes()) {
        if (line.client().equals(name)) {
          receipt(lane, line.seq(), true, line.version(), "");
        }
      }
    }
    if (!lane.follow(sight)) {
      open(lane);
    }
  }

  private void receipt(Incoming frame, boolean accepted) {
    receipt(
        lane(frame.text("entity")),
        frame.number("seq"),
        accepted,
        frame.number("version"),
        frame.text("code"));
  }

  private void receipt(Lane lane, long seq, boolean accepted, long version, String code) {
    CommandId command = new CommandId(name, lane.entity(), seq);
    around.recorder().receipt(new Receipt(System.nanoTime(), command, accepted, version, code));
    if (!accepted && !lane.mayFailAs(seq, code)) {
      around.recorder().surprise("refused without need: " + code);
    }
    lane.resolve(seq);
  }

  private void gap(Incoming frame) {
    Lane lane = lane(frame.text("entity"));
    lane.gap(frame.number("expected"));
    resend(lane);
  }

  private void error(Incoming frame) {
    String code = frame.text("code");
    List<String> passing = List.of("unavailable", "overloaded", "quarantined");
    if (!passing.contains(code)) {
      around.recorder().surprise("error %s re %s".formatted(code, frame.text("re")));
    } else if (frame.has("entity")) {
      Lane lane = lane(frame.text("entity"));
      if (frame.text("re").equals("open")) {
        reopenLater(lane, frame);
      } else {
        resendLater(lane);
      }
    } else {
      lanes.values().forEach(this::resendLater);
    }
  }

  private void resendLater(Lane lane) {
    if (lane.planResend()) {
      later(250 + random.nextInt(500), () -> resend(lane));
    }
  }

  private void reopenLater(Lane lane, Incoming why) {
    if (!why.text("code").equals("quarantined") && !why.text("code").equals("unavailable")) {
      around.recorder().surprise("%s %s".formatted(why.t(), why.text("code")));
    }
    later(500 + random.nextInt(500), () -> open(lane));
  }

  private void later(long delayMs, Runnable task) {
    var unused = around.clock().schedule(() -> locked(task), delayMs, TimeUnit.MILLISECONDS);
  }

  private synchronized void locked(Runnable task) {
    task.run();
  }

  private synchronized void ended(Wire which) {
    if (which == wire) {
      wire = null;
      welcome = false;
      around.reconnects().incrementAndGet();
      later(backoff.delayAfter(which.lastedNanos()), this::connect);
    }
  }

  /** Heartbeats, and what is due when nothing was heard for long; to be called every second or so. */
  synchronized void tick() {
    Wire now = wire;
    if (now == null) {
      return;
    }
    if (now.silentNanos() > 2 * heartbeatNanos) {
      now.abort();
    } else if (welcome && now.quietNanos() > heartbeatNanos / 2) {
      now.say("{\"t\":\"ping\",\"n\":1}");
    }
    lanes.values().stream().filter(lane -> lane.isSilentFor(PATIENCE_NANOS)).forEach(this::resend);
  }

  /** Drops the connection without a word and comes back. */
  synchronized void drop() {
    Wire now = wire;
    if (now != null) {
      now.abort();
    }
  }

  /** Commands without a receipt, to entities that are not damaged. */
  synchronized int unresolved() {
    return lanes.values().stream()
        .filter(this::isSound)
        .mapToInt(Lane::unresolved)
        .sum();
  }

  private boolean isSound(Lane lane) {
    return !around.recorder().isDamaged(lane.entity());
  }

  /** The connection, if it stands and every observed entity is where {@code heads} says. */
  synchronized boolean hasCaughtUp(Map<String, Long> heads) {
    return welcome
        && lanes.values().stream()
            .filter(Lane::isObserved)
            .filter(this::isSound)
            .allMatch(lane -> lane.version() == heads.getOrDefault(lane.entity(), 0L));
  }

  synchronized String connection() {
    Wire now = wire;
    return now == null || !welcome ? "" : now.name();
  }

  /** Goes for good. */
  synchronized void leave() {
    left = true;
    Wire now = wire;
    wire = null;
    if (now != null) {
      now.abort();
    }
  }
}
