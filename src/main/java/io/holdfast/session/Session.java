package io.holdfast.session;

import io.holdfast.auth.Principal;
import io.holdfast.auth.Right;
import io.holdfast.auth.TokenRefused;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import io.holdfast.entity.EntityKind;
import io.holdfast.entity.Proposal;
import io.holdfast.entity.Verdict;
import io.holdfast.protocol.ClientFrame;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.FrameRefused;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames;
import io.holdfast.protocol.ServerFrames.Goaway;
import io.holdfast.replica.Observation;
import io.holdfast.replica.Published;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Replicas;
import io.holdfast.replica.Settled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One connected client: takes its frames, keeps it up to date with what it opened. Runs on its socket's thread. */
final class Session implements ClientFrame.Handler {
  private static final int MAX_PRESENCE_BYTES = 4096;
  private static final int MAX_PING_BYTES = 64;

  private final Node node;
  private final Port port;
  private final String id;
  private final Consumer<Observation> wake;
  private final Identity identity;
  private final FrameRate rate;
  private final Map<EntityId, Channel> channels = new HashMap<>();
  private final Deque<Channel> dirty = new ArrayDeque<>();
  private String client = "";
  private boolean ended;

  Session(Node node, Port port, String id) {
    this.node = node;
    this.port = port;
    this.id = id;
    this.wake = port.waker();
    this.identity = new Identity(node, port, wake);
    this.rate = new FrameRate(node.settings().framesPerSecond());
    port.expireAfter(node.settings().hello());
  }

  /** Takes one text message. */
  void text(byte[] text, int offset, int length) {
    if (!mayGoOn()) {
      return;
    }
    try {
      ClientFrame frame = node.reader().read(text, offset, length);
      if (client.isEmpty() && !(frame instanceof ClientFrame.Hello)) {
        refuseStranger();
      } else {
        frame.handedTo(this);
      }
    } catch (FrameRefused refused) {
      port.send(ServerFrames.error(refused.refusal(), refused.re(), refused.entity()));
      if (refused.isFatal()) {
        goaway(Goaway.PROTOCOL, "frame: not understood, what follows cannot be trusted", 0);
      }
    }
  }

  private boolean mayGoOn() {
    if (ended) {
      return false;
    }
    FrameRate.Answer answer = rate.take(node.clock().millis(), identity.share());
    if (answer == FrameRate.Answer.REFUSED) {
      String detail = "frames per second: too many (expected: ≤ %d)"
          .formatted(node.settings().framesPerSecond());
      port.send(ServerFrames.error(Refusal.of(ErrorCode.OVERLOADED, detail), "", ""));
    } else if (answer == FrameRate.Answer.FLOOD) {
      goaway(
          Goaway.OVERLOADED,
          "frames per second: a flood (expected: ≤ %d)"
              .formatted(node.settings().framesPerSecond()),
          1000);
    }
    return answer == FrameRate.Answer.FINE;
  }

  private void refuseStranger() {
    Refusal why = Refusal.of(ErrorCode.UNAUTHENTICATED, "first frame: not hello (expected: hello)");
    port.send(ServerFrames.error(why, "", ""));
    goaway(Goaway.PROTOCOL, why.detail(), 0);
  }

  @Override
  public void hello(ClientFrame.Hello frame) {
    if (!client.isEmpty()) {
      refuse("hello", ErrorCode.BAD_FRAME, "hello: sent twice (expected: once)");
      return;
    }
    client = frame.client();
    port.suspend();
    port.await(node.tokens().verify(frame.token()), this::onVerified, this::onUnverified);
  }

  private void onVerified(Principal principal) {
    identity.become(principal, this::onKnown, this::onStanding);
  }

  private void onKnown() {
    if (identity.isRevoked()) {
      onRevoked();
      return;
    }
    SessionSettings settings = node.settings();
    var limits =
        new ServerFrames.Limits(settings.frameBytes(), settings.open(), settings.inFlight());
    long now = node.clock().millis();
    String subject = identity.principal().subject();
    port.send(ServerFrames.welcome(
        id, node.name(), subject, settings.heartbeat().toMillis(), now, limits));
    identity.watchExpiry();
    port.resume();
  }

  /** The subject's roles or revocation changed while connected. */
  private void onStanding() {
    if (identity.isRevoked()) {
      onRevoked();
    } else {
      channels.values().forEach(this::markDirty);
    }
  }

  private void onRevoked() {
    goaway(Goaway.REVOKED, "token: revoked (expected: one issued later)", 0);
  }

  private void onUnverified(Throwable failed) {
    Throwable cause = failed instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failed;
    boolean refused = cause instanceof TokenRefused;
    String detail = refused
        ? String.valueOf(cause.getMessage())
        : "token: cannot be checked now (expected: the key set to answer)";
    Refusal why = Refusal.of(refused ? ErrorCode.UNAUTHENTICATED : ErrorCode.UNAVAILABLE, detail);
    port.send(ServerFrames.error(why, identity.isKnown() ? "refresh" : "hello", ""));
    if (!identity.isKnown()) {
      goaway(refused ? Goaway.EXPIRED : Goaway.OVERLOADED, detail, refused ? 0 : 1000);
    }
  }

  @Override
  public void refresh(ClientFrame.Refresh frame) {
    port.await(
        node.tokens().verify(Optional.of(frame.token())), this::onRefreshed, this::onUnverified);
  }

  private void onRefreshed(Principal principal) {
    if (!principal.subject().equals(identity.principal().subject())) {
      refuse("refresh", ErrorCode.FORBIDDEN, "token: of another subject (expected: the same)");
      return;
    }
    identity.refresh(principal);
    onStanding();
  }

  @Override
  public void open(ClientFrame.Open frame) {
    EntityId entity = frame.entity();
    if (node.catalog().kind(entity.kind()).isEmpty()) {
      refuse(
          "open",
          entity,
          ErrorCode.UNKNOWN_KIND,
          "kind: %s (expected: one of GET /v1/kinds)".formatted(entity.kind()));
      return;
    }
    Channel known = channels.get(entity);
    if ((known == null || !known.isOpen()) && openNow() >= node.settings().open()) {
      refuse(
          "open",
          entity,
          ErrorCode.LIMIT,
          "open: %d (expected: ≤ %d)".formatted(openNow() + 1, node.settings().open()));
      return;
    }
    Channel channel = known == null ? observe(entity) : known;
    channel.open(frame.known(), frame.presence());
    markDirty(channel);
  }

  private long openNow() {
    return channels.values().stream().filter(Channel::isOpen).count();
  }

  private Channel observe(EntityId entity) {
    Channel channel = new Channel(entity, wake);
    channels.put(entity, channel);
    node.replicas().tell(new Replicas.To(entity, new Replica.Observe(channel.observation())));
    return channel;
  }

  @Override
  public void close(ClientFrame.Close frame) {
    Channel channel = channels.get(frame.entity());
    if (channel != null && channel.isOpen()) {
      channel.close();
      forgetIfIdle(channel);
    }
  }

  private void forgetIfIdle(Channel channel) {
    if (channel.isIdle()) {
      forget(channel);
    }
  }

  private void forget(Channel channel) {
    channels.remove(channel.entity());
    node.replicas()
        .tell(new Replicas.To(channel.entity(), new Replica.Unobserve(channel.observation(), id)));
  }

  @Override
  public void mutate(ClientFrame.Mutate frame) {
    EntityId entity = frame.entity();
    if (node.catalog().kind(entity.kind()).isEmpty()) {
      refuse(
          "mutate",
          entity,
          ErrorCode.UNKNOWN_KIND,
          "kind: %s (expected: one of GET /v1/kinds)".formatted(entity.kind()));
      return;
    }
    Channel known = channels.get(entity);
    if (known != null && known.pending() >= node.settings().inFlight()) {
      String detail = "commands without receipt: %d (expected: ≤ %d)"
          .formatted(known.pending() + 1, node.settings().inFlight());
      refuse("mutate", entity, ErrorCode.OVERLOADED, detail);
      return;
    }
    Channel channel = known == null ? observe(entity) : known;
    channel.propose(pending(frame, channel.observation()));
  }

  private Replica.Pending pending(ClientFrame.Mutate frame, Observation observation) {
    long since = System.nanoTime();
    long seq = frame.seq();
    return new Replica.Pending(
        proposal(frame), verdict -> settle(observation, seq, verdict, since), since);
  }

  private void settle(Observation observation, long seq, Verdict verdict, long since) {
    node.meters().endToEnd().record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
    observation.settle(new Settled(seq, verdict));
  }

  private Proposal proposal(ClientFrame.Mutate frame) {
    long at = node.clock().millis();
    Principal who = identity.principal();
    try {
      Patch patch = Patch.parse(frame.ops());
      return Proposal.of(client, frame.seq(), frame.after(), frame.ifVersion(), who, at, patch);
    } catch (PatchRefused refused) {
      return Proposal.unfit(client, frame.seq(), frame.after(), who, at, Refusal.of(refused));
    }
  }

  @Override
  public void present(ClientFrame.Present frame) {
    EntityId entity = frame.entity();
    Channel channel = channels.get(entity);
    if (channel == null || !channel.isOpen() || channel.observation().replica().isEmpty()) {
      refuse("present", entity, ErrorCode.BAD_FRAME, "entity: not open (expected: open it first)");
    } else if (frame.data().encodedBytes() > MAX_PRESENCE_BYTES) {
      String detail = "data: %d bytes (expected: ≤ %d)"
          .formatted(frame.data().encodedBytes(), MAX_PRESENCE_BYTES);
      refuse("present", entity, ErrorCode.TOO_LARGE, detail);
    } else if (!mayOn(channel, Right.PRESENT)) {
      refuse(
          "present",
          entity,
          ErrorCode.FORBIDDEN,
          "access: presence not given (expected: a right the kind gives)");
    } else {
      var present =
          new ServerFrames.Present(id, client, identity.principal().subject(), frame.data());
      channel.observation().replica().get().tell(new Replica.SetPresence(present));
    }
  }

  private boolean mayOn(Channel channel, Right right) {
    Json document =
        channel.observation().latest().<Json>map(Published::document).orElse(JsonNull.NULL);
    EntityKind kind = node.catalog().kind(channel.entity().kind()).orElseThrow();
    return kind.access().allows(right, identity.principal(), channel.entity().id(), document);
  }

  @Override
  public void ping(ClientFrame.Ping frame) {
    port.send(
        ServerFrames.pong(frame.n().encodedBytes() <= MAX_PING_BYTES ? frame.n() : JsonNull.NULL));
  }

  /** Something about an observation is new. */
  void woken(Observation observation) {
    if (identity.isOwn(observation)) {
      observation.listen();
      identity.heard();
      return;
    }
    Channel channel = channels.get(observation.entity());
    if (channel != null && channel.observation() == observation) {
      markDirty(channel);
    }
  }

  private void markDirty(Channel channel) {
    if (!channel.isMarked()) {
      channel.mark(true);
      dirty.add(channel);
    }
    port.wantsToProduce();
  }

  /** How many entities have news the socket did not take yet. */
  int behind() {
    return dirty.size();
  }

  /** Says what is new about the entity that waits longest; false if nothing waits. */
  boolean produce() {
    Channel channel = dirty.poll();
    if (channel == null) {
      return false;
    }
    channel.mark(false);
    if (!ended) {
      produce(channel);
    }
    return true;
  }

  private void produce(Channel channel) {
    Observation observation = channel.observation();
    observation.listen();
    channel.sendUnsent();
    if (observation.latest().isPresent() && !mayRead(channel)) {
      endReading(channel);
    }
    for (Frame frame : channel.frames()) {
      node.meters().deliveries().increment();
      port.send(frame);
    }
    if (observation.isLost()) {
      renew(channel);
    }
    forgetIfIdle(channel);
  }

  private boolean mayRead(Channel channel) {
    return !channel.isOpen() || mayOn(channel, Right.READ);
  }

  private void endReading(Channel channel) {
    String detail = "access: %s may not read (expected: a right the kind gives)"
        .formatted(identity.principal().subject());
    if (channel.isOpening()) {
      refuse("open", channel.entity(), ErrorCode.FORBIDDEN, detail);
    } else {
      port.send(ServerFrames.closed(channel.entity(), ErrorCode.FORBIDDEN, detail));
    }
    channel.close();
  }

  private void renew(Channel channel) {
    Channel next = channel.renewed(wake);
    channels.put(channel.entity(), next);
    node.replicas()
        .tell(new Replicas.To(channel.entity(), new Replica.Observe(next.observation())));
  }

  private void refuse(String re, ErrorCode code, String detail) {
    port.send(ServerFrames.error(Refusal.of(code, detail), re, ""));
  }

  private void refuse(String re, EntityId entity, ErrorCode code, String detail) {
    port.send(ServerFrames.error(Refusal.of(code, detail), re, entity.toString()));
  }

  /** The time set with {@link Port#expireAfter} has come. */
  void expired() {
    if (client.isEmpty()) {
      goaway(
          Goaway.PROTOCOL,
          "hello: not sent within %d s".formatted(node.settings().hello().toSeconds()),
          0);
    } else {
      goaway(Goaway.EXPIRED, "token: expired (expected: refresh before)", 0);
    }
  }

  /** Ends the session, saying why first. */
  void goaway(Goaway code, String detail, long retryAfterMs) {
    if (!ended) {
      ended = true;
      port.send(ServerFrames.goaway(code, detail, retryAfterMs));
      port.finish();
    }
  }

  /** The socket is gone. */
  void gone() {
    ended = true;
    identity.release();
    channels.values().stream().toList().forEach(this::forget);
  }
}
