package io.holdfast.journal;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one daemon thread does again and again, whatever becomes of a round; of several failures in a row the first is logged. */
final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** One turn; blocks. */
  interface Round {
    void run() throws Exception;
  }

  private final String name;
  private final Round round;
  private final ScheduledExecutorService thread;
  private boolean failing;

  private Rounds(String name, Round round) {
    this.name = name;
    this.round = round;
    this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
      Thread daemon = new Thread(work, "holdfast-" + name);
      daemon.setDaemon(true);
      return daemon;
    });
  }

  /** The first round begins at once, each further one {@code pause} after the one before has ended. */
  @SuppressWarnings("FutureReturnValueIgnored") // A round handles its own failures.
  static Rounds start(String name, Duration pause, Round round) {
    Rounds rounds = new Rounds(name, round);
    rounds.thread.scheduleWithFixedDelay(rounds::turn, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    return rounds;
  }

  private void turn() {
    try {
      round.run();
      if (failing) {
        LOG.info("{}: works again", name);
      }
      failing = false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Exception failed) {
      if (!failing) {
        LOG.warn("{}: failed, tried again: {}", name, failed.getMessage());
      }
      failing = true;
    }
  }

  /** One more round now, without waiting for it; nothing once stopped. */
  void soon() {
    if (!thread.isShutdown()) {
      thread.execute(this::turn);
    }
  }

  void stop() {
    thread.shutdownNow();
  }
}
