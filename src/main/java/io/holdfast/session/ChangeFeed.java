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
  /** At the least: readers know no back-off. */
  public static final long AGAIN_MS = 1000;

  private static final ByteString SIGN_OF_LIFE = ByteString.fromString(":\n\n");

  private final Outlet<ByteString> out = Outlet.create("ChangeFeed.out");
  private final SourceShape<ByteString> shape = SourceShape.of(out);
  private final Node node;
  private final EntityId entity;
  private final Principal token;
  private final Optional<Position> known;

  /**
   * @param token who the reader's token says it is; what its {@code auth} entity adds or takes away is felt while it reads
   * @param known what the reader has already, from {@code Last-Event-ID}
   */
  public ChangeFeed(Node node, EntityId entity, Principal token, Optional<Position> known) {
    this.node = node;
    this.entity = entity;
    this.token = token;
    this.known = known;
  }

  /** Tells a reader when to reconnect, for when the stream ends. It keeps to that, however often it fails. */
  public static String comeBackIn(long ms) {
    return "retry: %d\n\n".formatted(ms);
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
    private final AsyncCallback<Observation> woken = createAsyncCallback(this::onWoken);
    private final AsyncCallback<Runnable> run = createAsyncCallback(Runnable::run);
    private final LongConsumer farewell = this::sayFarewell;
    private final Identity identity = new Identity(node, woken::invoke);
    private Channel channel = new Channel(entity, woken::invoke, node.meters());

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
      identity.become(token, this::flush, this::flush);
      scheduleOnce("expiry", identity.timeLeft());
    }

    private void onWoken(Observation observation) {
      if (identity.isOwn(observation)) {
        observation.listen();
        observation.ended().ifPresentOrElse(why -> flush(), identity::heard);
      } else {
        flush();
      }
    }

    /** Readers of events reconnect by themselves, also the one that does not read now and is not waited for. */
    private void sayFarewell(long retryAfterMs) {
      run.invoke(() -> {
        if (isAvailable(out)) {
          push(out, ByteString.fromString(comeBackIn(AGAIN_MS + retryAfterMs)));
        }
        completeStage();
      });
    }

    private void observe() {
      node.replicas()
          .tell(new Replicas.To(entity, new Replica.Observe(channel.observation(), channel.has())));
    }

    @Override
    public void postStop() {
      node.sessions().remove(farewell);
      identity.release();
      node.replicas()
          .tell(new Replicas.To(entity, new Replica.Unobserve(channel.observation(), "")));
    }

    private void flush() {
      if (!isAvailable(out) || !(identity.isKnown() || identity.unknown().isPresent())) {
        return;
      }
      channel.observation().listen();
      Optional<Published> latest = channel.observation().latest();
      Optional<Frame> end = end(latest);
      if (end.isPresent()) {
        push(out, event(end.get(), identity.isRevoked() ? "goaway" : "closed"));
        completeStage();
        return;
      }
      pushNews(latest);
      if (channel.observation().isLost()) {
        channel = channel.renewed(woken::invoke);
        observe();
      }
    }

    /** Why there is nothing more to read here, if so. */
    private Optional<Frame> end(Optional<Published> latest) {
      if (identity.isRevoked()) {
        return Optional.of(ServerFrames.goaway(
            ServerFrames.Goaway.REVOKED, "token: revoked (expected: one issued later)", 0));
      }
      Observation observation = channel.observation();
      Optional<Refusal> ended = identity.unknown().or(observation::ended).or(observation::withheld);
      if (ended.isPresent()) {
        return ended.map(why -> ServerFrames.closed(entity, why.code(), why.detail()));
      }
      if (latest.isEmpty() || mayRead(latest.get())) {
        return Optional.empty();
      }
      String detail = "access: %s may not read (expected: a right the kind gives)"
          .formatted(identity.principal().subject());
      return Optional.of(ServerFrames.closed(entity, ErrorCode.FORBIDDEN, detail));
    }

    private void pushNews(Optional<Published> latest) {
      ByteString news = ByteString.emptyByteString();
      for (Frame frame : channel.frames(latest)) {
        news = news.concat(event(frame, frame.replaces() ? "state" : "changed"));
      }
      if (!news.isEmpty()) {
        node.meters().deliveries().increment();
        push(out, news);
      }
    }

    private boolean mayRead(Published latest) {
      Json document = latest.document();
      return node.catalog()
          .kind(entity.kind())
          .map(
              kind -> kind.access().allows(Right.READ, identity.principal(), entity.id(), document))
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
