package io.holdfast.session;

import io.holdfast.protocol.Frame;
import io.holdfast.replica.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A socket that takes everything. */
final class FakePort implements Port {
  private final List<String> sent = new ArrayList<>();

  /** The frames so far, as JSON. */
  List<String> sent() {
    return sent;
  }

  @Override
  public void send(Frame frame) {
    sent.add(frame.json());
  }

  @Override
  public void wantsToProduce() {}

  @Override
  public void finish() {}

  @Override
  public void suspend() {}

  @Override
  public void resume() {}

  @Override
  public <T> void await(CompletionStage<T> work, Consumer<T> then, Consumer<Throwable> failed) {}

  @Override
  public Consumer<Observation> waker() {
    return observation -> {};
  }

  @Override
  public void expireAfter(Duration time) {}
}
