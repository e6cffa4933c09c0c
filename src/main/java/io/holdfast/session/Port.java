package io.holdfast.session;

import io.holdfast.protocol.Frame;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A session's side of its socket; everything runs on the socket's thread. */
interface Port {
  /** Sends after what waits already. */
  void send(Frame frame);

  /** Says that {@link Session#produce} has something. */
  void wantsToProduce();

  /** Ends the connection once everything sent is on its way. */
  void finish();

  /** Hands no further frames to the session until {@link #resume}. */
  void suspend();

  void resume();

  /** Runs {@code then} with the outcome on the socket's thread; a failure arrives as {@code failed}. */
  <T> void await(CompletionStage<T> work, Consumer<T> then, Consumer<Throwable> failed);

  /** Wakes the session for an observation, from any thread. */
  Consumer<io.holdfast.replica.Observation> waker();

  /** Calls {@link Session#expired} then, instead of when it was set before. */
  void expireAfter(Duration time);
}
