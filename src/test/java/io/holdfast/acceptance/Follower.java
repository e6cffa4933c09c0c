package io.holdfast.acceptance;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A reader that stays: keeps a copy of one entity, and after every break comes back and resumes from what it has. */
final class Follower {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String entity;
  private final int port;
  private final Mirror mirror;
  private final Thread thread = new Thread(this::run);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile long version = -1;
  private volatile boolean done;
  private volatile @Nullable WireClient now;
  private int connections;

  private Follower(int port, String entity) {
    this.port = port;
    this.entity = entity;
    this.mirror = new Mirror(entity);
    thread.setDaemon(true);
  }

  static Follower of(int port, String entity) {
    Follower follower = new Follower(port, entity);
    follower.thread.start();
    return follower;
  }

  /** The version its copy is at; fails if it found a hole. */
  long version() {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError("follower", failed);
    }
    return version;
  }

  /** Its copy, which does not change any more. */
  Mirror leave() {
    done = true;
    WireClient open = now;
    if (open != null) {
      open.close();
    }
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return mirror;
  }

  /** How often it had to connect; to be asked after {@link #leave}. */
  int connections() {
    return connections;
  }

  private void run() {
    try {
      while (!done) {
        follow();
      }
    } catch (RuntimeException | AssertionError failed) {
      failure.set(failed);
    }
  }

  private void follow() {
    WireClient wire = await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(Disconnected.class)
        .until(() -> WireClient.to(port), made -> true);
    connections++;
    now = wire;
    try (wire) {
      wire.say("{'t':'hello','client':'%s'}".formatted(Names.fresh("f"))).await("welcome");
      wire.say(open());
      while (!done) {
        version = mirror.take(answered(wire, wire.next(PATIENCE))).version();
      }
    } catch (Disconnected broken) {
      // Comes back and resumes.
    }
  }

  /** Who only listens is asked now and then whether it is there. */
  private static ServerFrame answered(WireClient wire, ServerFrame frame) {
    if (frame.t().equals("pong") && frame.number("n") == 0) {
      wire.say("{'t':'ping','n':1}");
    }
    return frame;
  }

  private String open() {
    return mirror.version() < 0
        ? "{'t':'open','entity':'%s'}".formatted(entity)
        : "{'t':'open','entity':'%s','epoch':%d,'version':%d}"
            .formatted(entity, mirror.epoch(), mirror.version());
  }
}
