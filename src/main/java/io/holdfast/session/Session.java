package io.holdfast.session;

import io.holdfast.auth.Principal;
import io.holdfast.auth.TokenRefused;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonNumber;
import io.holdfast.protocol.ClientFrame;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.FrameRefused;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames;
import io.holdfast.protocol.ServerFrames.Goaway;
import io.holdfast.replica.Observation;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** One connected client: takes its frames, keeps it up to date with what it opened. Runs on its socket's thread. */
final class Session implements ClientFrame.Handler {
  private static final int MAX_PING_BYTES = 64;

  /** Clients count their pings from 1, and take any frame as an occasion for one that is due. */
  private static final Frame QUESTION = ServerFrames.pong(JsonNumber.of(0));

  private static final long STANDING_RETRY_MS = 5_000;

  private final Node node;
  private final Port port;
  private final String id;
  private final Identity identity;
  private final FrameRate rate;
  private final Channels channels;
  private String client = "";
  private boolean draining;
  private boolean ended;

  Session(Node node, Port port, String id) {
    this.node = node;
    this.port = port;
    this.id = id;
    this.identity = new Identity(node, port.waker());
    this.channels = new Channels(node, port, id, identity, () -> client);
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
    if (ended || draining) {
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
    port.expireAfter(identity.timeLeft());
    port.resume();
  }

  /** The subject's roles or revocation changed while connected. */
  private void onStanding() {
    if (identity.isRevoked()) {
      onRevoked();
    } else {
      channels.review();
    }
  }

  /** What the subject may do cannot be told; nobody is let in on a guess. */
  private void onStandingUnknown(Refusal why) {
    port.send(ServerFrames.error(why, identity.isKnown() ? "" : "hello", ""));
    goaway(Goaway.OVERLOADED, why.detail(), STANDING_RETRY_MS);
  }

  private void onRevoked() {
    goaway(Goaway.REVOKED, "token: revoked (expected: one issued later)", 0);
  }

  private void onUnverified(Throwable failed) {
    Throwable cause = failed instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failed;
    boolean refused = cause instanceof TokenRefused token && !token.isForNow();
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
    port.expireAfter(identity.timeLeft());
    onStanding();
  }

  @Override
  public void open(ClientFrame.Open frame) {
    channels.open(frame);
  }

  @Override
  public void close(ClientFrame.Close frame) {
    channels.close(frame);
  }

  @Override
  public void mutate(ClientFrame.Mutate frame) {
    channels.mutate(frame);
  }

  @Override
  public void present(ClientFrame.Present frame) {
    channels.present(frame);
  }

  @Override
  public void ping(ClientFrame.Ping frame) {
    port.send(
        ServerFrames.pong(frame.n().encodedBytes() <= MAX_PING_BYTES ? frame.n() : JsonNull.NULL));
  }

  /** Asks a client that has said nothing for long whether it is there. */
  void ask() {
    if (identity.isKnown() && !draining && !ended) {
      port.send(QUESTION);
    }
  }

  /** Something about an observation is new. */
  void woken(Observation observation) {
    if (identity.isOwn(observation)) {
      observation.listen();
      identity.unknown().ifPresentOrElse(this::onStandingUnknown, identity::heard);
    } else {
      channels.woken(observation);
    }
  }

  /** How many entities have news the socket did not take yet. */
  int behind() {
    return channels.behind();
  }

  /** Says what is new about the entity that waits longest; false if nothing waits. */
  boolean produce() {
    boolean produced = !ended && channels.produce();
    endIfDrained();
    return produced;
  }

  private void refuse(String re, ErrorCode code, String detail) {
    port.send(ServerFrames.error(Refusal.of(code, detail), re, ""));
  }

  /** The time set with {@link Port#expireAfter} has come. */
  void expired() {
    if (client.isEmpty()) {
      goaway(
          Goaway.PROTOCOL,
          "hello: not sent within %d s".formatted(node.settings().hello().toSeconds()),
          0);
    } else if (!identity.isKnown()) {
      onStandingUnknown(Refusal.of(
          ErrorCode.UNAVAILABLE, "subject: its standing is not known yet (expected: come back)"));
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

  /** Says that the node stops, hears no more, and ends once every command has its receipt. */
  void drain(long retryAfterMs) {
    if (!ended && !draining) {
      draining = true;
      port.send(ServerFrames.goaway(
          Goaway.DRAINING, "node: stopping (expected: reconnect)", retryAfterMs));
      endIfDrained();
      port.wantsToProduce();
    }
  }

  private void endIfDrained() {
    if (draining && !ended && channels.areSettled()) {
      ended = true;
      port.finish();
    }
  }

  /** The socket is gone. */
  void gone() {
    ended = true;
    identity.release();
    channels.gone();
  }
}
