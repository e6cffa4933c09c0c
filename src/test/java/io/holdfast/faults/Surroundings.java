package io.holdfast.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * What all clients of a run share.
 *
 * @param nodes where to connect to; any of them may be down
 * @param tokens makes the token of a subject
 */
record Surroundings(
    List<URI> nodes,
    HttpClient http,
    ScheduledExecutorService clock,
    Recorder recorder,
    AtomicInteger reconnects,
    UnaryOperator<String> tokens) {

  String token(String subject) {
    return tokens.apply(subject);
  }

  /** Does {@code task} again and again; what it throws is recorded and stops nothing. */
  void every(long millis, Runnable task) {
    clock.scheduleAtFixedRate(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Does it; what it throws is recorded. */
  void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | AssertionError failed) {
      recorder.surprise(failed.toString());
    }
  }
}
