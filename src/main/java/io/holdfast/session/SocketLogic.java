package io.holdfast.session;

import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames;
import io.holdfast.protocol.ServerFrames.Goaway;
import io.holdfast.replica.Observation;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Drives one session from its socket: reads while the client keeps up with the answers, writes when the socket can take it. */
final class SocketLogic extends TimerGraphStageLogic implements InHandler, OutHandler, Port {
  private static final String EXPIRY = "expiry";
  private static final String SILENCE = "silence";
  private static final String LINGER = "linger";

  /** How long a client may take to close after our goodbye. */
  private static final Duration MOST_LINGERING = Duration.ofSeconds(2);

  private static final int MOST_ANSWERS_WAITING = 64;

  /** Silence is counted in thirds of the idle timeout, begun ones too: whoever is asked has a whole third for the answer. */
  private static final int THIRDS = 3;

  private final Inlet<ByteString> in;
  private final Outlet<ByteString> out;
  private final Node node;
  private final SocketReader reader;
  private final Outbox outbox = new Outbox();
  private final AsyncCallback<Observation> woken;
  private final AsyncCallback<Runnable> run;
  private final LongConsumer farewell;
  private final String id;
  private @Nullable Session session;
  private boolean suspended;
  private int silentThirds;
  private boolean finishing;
  private int behind;

  SocketLogic(FlowShape<ByteString, ByteString> shape, Node node, String id) {
    super(shape);
    this.in = shape.in();
    this.out = shape.out();
    this.node = node;
    this.id = id;
    this.reader = new SocketReader(node.settings().frameBytes());
    this.woken = createAsyncCallback(observation -> session().woken(observation));
    this.run = createAsyncCallback(Runnable::run);
    this.farewell = this::sayFarewell;
    setHandler(in, this);
    setHandler(out, this);
  }

  private Session session() {
    return java.util.Objects.requireNonNull(session);
  }

  private void sayFarewell(long retryAfterMs) {
    run.invoke(() -> session().drain(retryAfterMs));
  }

  @Override
  public void preStart() {
    session = new Session(node, this, id);
    node.sessions().add(farewell);
    Duration third = node.settings().idle().dividedBy(THIRDS);
    scheduleWithFixedDelay(SILENCE, third, third);
    pull(in);
  }

  @Override
  public void postStop() {
    node.sessions().remove(farewell);
    countBehind(0);
    session().gone();
  }

  @Override
  public void onPush() {
    silentThirds = 0;
    if (finishing) {
      grab(in);
      pull(in);
    } else {
      reader.feed(grab(in));
      read();
    }
  }

  /** Handles what is there, then asks for more; not while a frame is being waited for or too many answers wait. */
  private void read() {
    try {
      while (!suspended && !finishing && outbox.frames() < MOST_ANSWERS_WAITING) {
        SocketReader.Kind kind = reader.next();
        if (kind == SocketReader.Kind.NONE) {
          break;
        }
        handle(kind);
      }
    } catch (SocketProtocol breach) {
      refuse(breach);
    }
    flush();
    boolean wantsMore = !suspended && !finishing && outbox.frames() < MOST_ANSWERS_WAITING;
    if (wantsMore && !hasBeenPulled(in) && !isClosed(in)) {
      pull(in);
    }
  }

  private void handle(SocketReader.Kind kind) {
    switch (kind) {
      case TEXT -> session().text(reader.payload(), reader.payloadStart(), reader.payloadLength());
      case PING -> outbox.pong(reader.payload(), reader.payloadStart(), reader.payloadLength());
      case CLOSE -> finish();
      case PONG, NONE -> {}
    }
  }

  private void refuse(SocketProtocol breach) {
    ErrorCode code = breach.breach() == SocketProtocol.Breach.TOO_LARGE
        ? ErrorCode.TOO_LARGE
        : ErrorCode.BAD_FRAME;
    String detail = String.valueOf(breach.getMessage());
    send(ServerFrames.error(Refusal.of(code, detail), "", ""));
    session().goaway(Goaway.PROTOCOL, detail, 0);
  }

  @Override
  public void onPull() {
    flush();
    if (outbox.isEmpty()) {
      read();
    }
  }

  @Override
  public void onUpstreamFinish() {
    completeStage();
  }

  @Override
  public void onDownstreamFinish(Throwable cause) {
    completeStage();
  }

  @Override
  public void send(Frame frame) {
    outbox.add(frame);
  }

  @Override
  public void wantsToProduce() {
    flush();
  }

  private void flush() {
    if (!isAvailable(out)) {
      countBehind(session().behind());
      return;
    }
    while (outbox.bytes() < node.settings().coalesceBytes() && session().produce()) {
      // Each call moves the news of one entity into the outbox.
    }
    countBehind(session().behind());
    if (finishing && outbox.isEmpty()) {
      complete(out);
    } else if (!outbox.isEmpty()) {
      push(out, outbox.takeAll());
      completeIfFinished();
    }
  }

  private void completeIfFinished() {
    if (finishing) {
      complete(out);
    }
  }

  private void countBehind(int now) {
    if (now != behind) {
      node.sessions().countBehind(Integer.signum(now) - Integer.signum(behind));
      behind = now;
    }
  }

  @Override
  public void finish() {
    if (!finishing) {
      finishing = true;
      outbox.close();
      flush();
      drop();
    }
  }

  /** What the client still says is dropped, because its goodbye comes behind that. */
  private void drop() {
    scheduleOnce(LINGER, MOST_LINGERING);
    if (!hasBeenPulled(in) && !isClosed(in)) {
      pull(in);
    }
  }

  @Override
  public void suspend() {
    suspended = true;
  }

  @Override
  public void resume() {
    suspended = false;
    read();
  }

  @Override
  public <T> void await(CompletionStage<T> work, Consumer<T> then, Consumer<Throwable> failed) {
    work.whenComplete((result, failure) -> run.invoke(() -> settle(result, failure, then, failed)));
  }

  private <T> void settle(
      T result, @Nullable Throwable failure, Consumer<T> then, Consumer<Throwable> failed) {
    if (failure == null) {
      then.accept(result);
    } else {
      failed.accept(failure);
    }
    flush();
  }

  @Override
  public Consumer<Observation> waker() {
    return woken::invoke;
  }

  @Override
  public void expireAfter(Duration time) {
    scheduleOnce(EXPIRY, time.isNegative() ? Duration.ZERO : time);
  }

  @Override
  public void onTimer(Object timer) {
    if (timer.equals(LINGER)) {
      completeStage();
      return;
    }
    if (timer.equals(EXPIRY)) {
      session().expired();
    } else {
      onSilence();
    }
    flush();
  }

  private void onSilence() {
    silentThirds++;
    if (silentThirds == THIRDS) {
      session().ask();
    } else if (silentThirds > THIRDS && (outbox.isEmpty() || silentThirds > 2 * THIRDS)) {
      session()
          .goaway(
              Goaway.OVERLOADED,
              "silence: longer than %d s".formatted(node.settings().idle().toSeconds()),
              0);
    }
  }
}
