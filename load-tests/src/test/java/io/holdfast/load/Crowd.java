package io.holdfast.load;

import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.http.action.ws.WsInboundMessage;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.WsFrameCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** What every user does: connect, open an own and a shared entity, write both in turn, and agree with the server. */
final class Crowd {
  static final String RECEIPT = "receipt";
  static final String CONVERGED = "converged";

  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration AGREEMENT = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int BUFFERED_FRAMES = 100_000;

  private final Target target;
  private final Pace pace;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final AtomicInteger writing;

  Crowd(Target target, Pace pace) {
    this.target = target;
    this.pace = pace;
    this.writing = new AtomicInteger(pace.users());
  }

  /** Creates what the users share. */
  void prepare() {
    for (int room = 0; room < pace.rooms(); room++) {
      target.put(room(room), Documents.board("shared", 10));
    }
  }

  HttpProtocolBuilder protocol() {
    HttpProtocolBuilder protocol = http.baseUrl(target.url())
        .wsBaseUrl(target.socketUrl())
        .wsUnmatchedInboundMessageBufferSize(BUFFERED_FRAMES)
        .disableCaching();
    return Target.token().isEmpty()
        ? protocol
        : protocol.authorizationHeader("Bearer " + Target.token());
  }

  ScenarioBuilder scenario() {
    return CoreDsl.scenario("crowd")
        .exec(session -> session.set("user", user((int) session.userId())))
        .exec(connect(), open(User::own), open(User::room))
        .exec(repeat(pace.commands()).on(command(), rest()))
        .exec(Crowd.this::finished)
        .exec(asLongAsDuring(session -> writing.get() > 0, pace.ramp().plus(ANSWER))
            .on(breathe()))
        .exec(agree(User::own), agree(User::room))
        .exec(ws("bye").close());
  }

  private User user(int number) {
    String own = "%s/%s-own-%d".formatted(target.kind(), run, number);
    return new User("%s-%d".formatted(run, number), own, room(number % pace.rooms()));
  }

  private String room(int number) {
    return "%s/%s-room-%d".formatted(target.kind(), run, number);
  }

  private static ChainBuilder connect() {
    return exec(
        ws("connect").connect("/v1/socket").subprotocol("holdfast.v1"),
        ws("hello")
            .sendText(session -> of(session).hello(Target.token()))
            .await(ANSWER)
            .on(taken("welcome", (user, text) -> User.is(text, "welcome"))));
  }

  private static ChainBuilder open(Function<User, String> which) {
    return exec(listen())
        .exec(ws("open")
            .sendText(session -> User.open(which.apply(of(session))))
            .await(ANSWER)
            .on(taken("state", (user, text) -> User.is(text, "state", which.apply(user)))));
  }

  private static ChainBuilder command() {
    WsFrameCheck.Text accepted =
        taken(RECEIPT, User::isReceipt, ask(User::verdict).is("accepted"));
    return exec(listen())
        .exec(ws("command")
            .sendText(session -> of(session).mutate())
            .await(ANSWER)
            .on(accepted));
  }

  /**
   * A check for the frame that {@code matches}. While a user waits for it, this sees every frame, and Gatling forgets
   * those that do not match: so the user takes each one here.
   */
  private static WsFrameCheck.Text taken(
      String name, BiPredicate<User, String> matches, CheckBuilder... more) {
    List<CheckBuilder> checks = new ArrayList<>(List.of(more));
    checks.add(ask((user, text) -> user.trouble()).is(""));
    return ws.checkTextMessage(name)
        .matching(ask((user, text) -> takenIf(matches, user, text)).is("yes"))
        .check(checks);
  }

  private static String takenIf(BiPredicate<User, String> matches, User user, String text) {
    user.take(text);
    return matches.test(user, text) ? "yes" : "no";
  }

  private static CheckBuilder.Validate<String> ask(BiFunction<User, String, String> question) {
    return bodyString().transformWithSession((text, session) -> question.apply(of(session), text));
  }

  /** Until the next command. */
  private ChainBuilder rest() {
    return repeat(pace.breaths()).on(breathe());
  }

  /** Takes in what others did and shows the server that this client lives. */
  private ChainBuilder breathe() {
    return exec(pause(pace.breath()), ping());
  }

  private static ChainBuilder ping() {
    return exec(listen(), exec(ws("ping").sendText(User.PING)));
  }

  /**
   * Takes the frames that came while no check waited. Has to come right before every frame a user sends: sending one makes Gatling
   * forget them.
   */
  private static ChainBuilder listen() {
    return exec(ws.processUnmatchedMessages(Crowd::take));
  }

  private static Session take(List<WsInboundMessage> messages, Session session) {
    for (WsInboundMessage message : messages) {
      if (message instanceof WsInboundMessage.Text text) {
        of(session).take(text.message());
      }
    }
    return session;
  }

  private Session finished(Session session) {
    writing.decrementAndGet();
    return session;
  }

  /** Asks the server until the user's copy is what it says, and counts whether that came to pass. */
  private ChainBuilder agree(Function<User, String> which) {
    ChainBuilder look = exec(http("read")
            .get(session -> "/v1/state/" + which.apply(of(session)) + "?consistency=strong")
            .check(header("ETag").saveAs("etag"), bodyString().saveAs("body")))
        .exec(listen())
        .exec(session -> session.set("difference", difference(session, which.apply(of(session)))));
    return exec(look)
        .exec(asLongAsDuring(Crowd::differs, AGREEMENT).on(pause(LOOK_EVERY), ping(), look))
        .exec(Crowd::told)
        .exec(dummy(CONVERGED, 1).withSuccess(session -> !differs(session)));
  }

  private static String difference(Session session, String entity) {
    return of(session).difference(entity, session.getString("etag"), session.getString("body"));
  }

  private static boolean differs(Session session) {
    return !"".equals(session.getString("difference"));
  }

  private static Session told(Session session) {
    if (differs(session)) {
      System.err.println(session.getString("difference"));
    }
    return session;
  }

  private static User of(Session session) {
    return session.get("user");
  }
}
