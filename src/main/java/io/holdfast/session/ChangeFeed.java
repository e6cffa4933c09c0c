package io.holdfast.session;

import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import io.holdfast.auth.Principal;
import io.holdfast.auth.Right;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames;
import io.holdfast.replica.Observation;
import io.holdfast.replica.Published;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Replicas;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One entity as Server-Sent Events (WHATWG HTML, section 9.2): {@code state}, then {@code changed}, each with its position as id.
 * A slow reader gets merged changes, as a session does.
 */
public final class ChangeFeed extends GraphStage<SourceShape<ByteString>> {
  private static final ByteString SIGN_OF_LIFE = ByteString.fromString(":\n\n");

  private final Outlet<ByteString> out = Outlet.create("ChangeFeed.out");
  private final SourceShape<ByteString> shape = SourceShape.of(out);
  private final Node node;
  private final EntityId entity;
  private final Principal principal;
  private final Optional<Position> known;

  /** {@code known} is what the reader has already, from {@code Last-Event-ID}. */
  public ChangeFeed(Node node, EntityId entity, Principal principal, Optional<Position> known) {
    this.node = node;
    this.entity = entity;
    this.principal = principal;
    this.known = known;
  }

  @Override
  public SourceShape<ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes inheritedAttributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final AsyncCallback<Observation> woken = createAsyncCallback(observation -> flush());
    private final AsyncCallback<Runnable> run = createAsyncCallback(Runnable::run);
    private final LongConsumer farewell = this::sayFarewell;
    private Channel channel = new Channel(entity, woken::invoke);

    Logic() {
      super(shape);
      setHandler(out, new AbstractOutHandler() {
        @Override
        public void onPull() {
          flush();
        }
      });
    }

    @Override
    public void preStart() {
      node.sessions().add(farewell);
      channel.open(known, false);
      observe();
      scheduleWithFixedDelay(
          "life", node.settings().heartbeat(), node.settings().heartbeat());
      scheduleOnce("expiry", Identity.timeLeft(principal, node.clock()));
    }

    /** Readers of events reconnect by themselves. */
    private void sayFarewell(long retryAfterMs) {
      run.invoke(this::completeStage);
    }

    private void observe() {
      node.replicas().tell(new Replicas.To(entity, new Replica.Observe(channel.observation())));
    }

    @Override
    public void postStop() {
      node.sessions().remove(farewell);
      node.replicas()
          .tell(new Replicas.To(entity, new Replica.Unobserve(channel.observation(), "")));
    }

    private void flush() {
      if (!isAvailable(out)) {
        return;
      }
      channel.observation().listen();
      Optional<Refusal> end = end();
      if (end.isPresent()) {
        Refusal why = end.get();
        push(out, event(ServerFrames.closed(entity, why.code(), why.detail()), "closed"));
        completeStage();
        return;
      }
      pushNews();
      if (channel.observation().isLost()) {
        channel = channel.renewed(woken::invoke);
        observe();
      }
    }

    private Optional<Refusal> end() {
      Optional<Refusal> ended = channel.observation().ended();
      if (ended.isPresent() || channel.observation().latest().isEmpty() || mayRead()) {
        return ended;
      }
      return Optional.of(Refusal.of(
          ErrorCode.FORBIDDEN,
          "access: %s may not read (expected: a right the kind gives)"
              .formatted(principal.subject())));
    }

    private void pushNews() {
      ByteString news = ByteString.emptyByteString();
      for (Frame frame : channel.frames()) {
        news = news.concat(event(frame, frame.replaces() ? "state" : "changed"));
      }
      if (!news.isEmpty()) {
        node.meters().deliveries().increment();
        push(out, news);
      }
    }

    private boolean mayRead() {
      Json document =
          channel.observation().latest().<Json>map(Published::document).orElse(JsonNull.NULL);
      return node.catalog()
          .kind(entity.kind())
          .map(kind -> kind.access().allows(Right.READ, principal, entity.id(), document))
          .orElse(false);
    }

    private ByteString event(Frame frame, String name) {
      String id = channel.sentAt().map(at -> "id: " + at + "\n").orElse("");
      return ByteString.fromString("event: " + name + "\n" + id + "data: " + frame.json() + "\n\n");
    }

    @Override
    public void onTimer(Object timer) {
      if (timer.equals("expiry")) {
        completeStage();
      } else if (isAvailable(out)) {
        push(out, SIGN_OF_LIFE);
      }
    }
  }
}
