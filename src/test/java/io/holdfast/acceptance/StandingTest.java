package io.holdfast.acceptance;

import static io.holdfast.acceptance.HttpCalls.as;
import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tokens, roles and membership mean to a session that is already there. */
final class StandingTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.withTokens();

  private final String subject = Names.fresh("user");
  private final HttpCalls http = NODE.http();

  private void setAuth(String document) {
    String[] admin = as(Tokens.of("root", "admin"));
    assertThat(http.put("/v1/state/auth/" + subject, document, admin).status()).isEqualTo(200);
  }

  private WireClient connected() {
    WireClient client = NODE.connect();
    client.hello("tab", Tokens.of(subject));
    return client;
  }

  @Test
  void aRoleGivenIsFeltByALiveSessionAndSoIsItsLoss() {
    try (WireClient client = connected()) {
      String task = Names.entity("task");
      String create = "[{'op':'replace','path':'/title','value':'x'}]";
      client.mutate(task, 1, create);
      assertThat(client.await("refused").text("code")).isEqualTo("forbidden");

      setAuth("{'roles':['editor']}");
      client.mutate(task, 2, create);
      assertThat(client.await(frame -> frame.has("seq")).t()).isEqualTo("accepted");

      setAuth("{'roles':[]}");
      client.mutate(task, 3, create);
      assertThat(client.await(frame -> frame.has("seq")).text("code")).isEqualTo("forbidden");
    }
  }

  @Test
  void aRevokedSubjectsSessionsEndAndItsTokensCountNoMore() {
    try (WireClient one = connected();
        WireClient other = connected();
        WireClient bystander = NODE.connect()) {
      bystander.hello("tab", Tokens.of("bystander"));

      setAuth("{'revokedBefore':'%s'}".formatted(Instant.now().plusSeconds(5)));

      for (WireClient client : new WireClient[] {one, other}) {
        ServerFrame goaway = client.await("goaway");
        assertThat(goaway.text("code")).isEqualTo("revoked");
        assertThat(goaway.number("retryAfterMs")).isZero();
        assertThat(client.awaitClose()).isEqualTo(1000);
      }
      bystander.catchUp();
      assertThat(http.get("/v1/state/secret/" + subject, as(Tokens.of(subject))).code())
          .isEqualTo("unauthenticated");
    }
  }

  @Test
  void anEventStreamFeelsThatItsReaderLostARole() {
    String path = "/v1/state/auth/" + Names.fresh("other") + "/events";
    setAuth("{'roles':['admin']}");
    try (EventStream stream = EventStream.of(http, path, as(Tokens.of(subject)))) {
      assertThat(stream.next().name()).isEqualTo("state");

      setAuth("{'roles':[]}");

      EventStream.Event end = stream.next();
      assertThat(end.name()).isEqualTo("closed");
      assertThat(end.frame().text("code")).isEqualTo("forbidden");
      stream.awaitEnd();
    }
  }

  @Test
  void anEventStreamEndsWhenItsReadersTokenIsRevoked() {
    String path = "/v1/state/secret/" + subject + "/events";
    try (EventStream stream = EventStream.of(http, path, as(Tokens.of(subject)))) {
      assertThat(stream.next().name()).isEqualTo("state");

      setAuth("{'revokedBefore':'%s'}".formatted(Instant.now().plusSeconds(5)));

      EventStream.Event end = stream.next();
      assertThat(end.name()).isEqualTo("goaway");
      assertThat(end.frame().text("code")).isEqualTo("revoked");
      stream.awaitEnd();
    }
  }

  @Test
  void aRevokedTokenIsNotWelcomed() {
    setAuth("{'revokedBefore':'%s'}".formatted(Instant.now().plusSeconds(5)));
    try (WireClient client = NODE.connect()) {
      client.say("{'t':'hello','client':'tab','token':'%s'}".formatted(Tokens.of(subject)));

      assertThat(client.await("goaway").text("code")).isEqualTo("revoked");
      assertThat(client.heard("welcome")).isEmpty();
    }
  }

  @Test
  void aTokenThatExpiresEndsTheLiveSession() {
    try (WireClient client = NODE.connect()) {
      client.hello("tab", Tokens.expiring(subject, Duration.ofSeconds(2)));

      ServerFrame goaway = client.await("goaway");

      assertThat(goaway.text("code")).isEqualTo("expired");
      assertThat(client.awaitClose()).isEqualTo(1000);
    }
  }

  @Test
  void aTokenRefreshedInTimeKeepsTheSession() {
    try (WireClient client = NODE.connect();
        WireClient clock = NODE.connect()) {
      client.hello("tab", Tokens.expiring(subject, Duration.ofSeconds(2)));
      client.say("{'t':'refresh','token':'%s'}".formatted(Tokens.of(subject)));
      clock.hello("tab", Tokens.expiring(subject, Duration.ofSeconds(3)));
      clock.await("goaway");

      client.catchUp();
      assertThat(client.heard("goaway")).isEmpty();
      assertThat(client.heard("error")).isEmpty();
    }
  }

  @Test
  void aRefreshForAnotherSubjectIsRefusedAndChangesNothing() {
    try (WireClient client = connected()) {
      client.say("{'t':'refresh','token':'%s'}".formatted(Tokens.of("somebody-else", "editor")));
      ServerFrame error = client.await("error");
      client.mutate(Names.entity("task"), 1, "[{'op':'replace','path':'/title','value':'x'}]");

      assertThat(error.text("re")).isEqualTo("refresh");
      assertThat(error.text("code")).isEqualTo("forbidden");
      assertThat(client.await("refused").text("code")).isEqualTo("forbidden");
    }
  }

  @Test
  void aRefreshWithAForgedTokenIsRefusedAndChangesNothing() {
    try (WireClient client = connected()) {
      client.say("{'t':'refresh','token':'garbage'}");

      assertThat(client.await("error").text("code")).isEqualTo("unauthenticated");
      client.catchUp();
    }
  }

  @Test
  void whoLosesAccessIsToldThatTheObservationEnded() {
    String room = Names.entity("room");
    try (WireClient owner = NODE.connect();
        WireClient member = connected()) {
      owner.hello("tab", Tokens.of("owner"));
      owner.mutate(
          room,
          1,
          "[{'op':'merge','path':'','value':{'owners':{'owner':true},'members':{'owner':true,'%s':true}}}]"
              .formatted(subject));
      owner.await("accepted");
      assertThat(member.open(room).number("version")).isEqualTo(1);

      owner.mutate(room, 2, "[{'op':'remove','path':'/members/%s'}]".formatted(subject));
      ServerFrame closed = member.await("closed");
      owner
          .mutate(room, 3, "[{'op':'replace','path':'/topic','value':'without them'}]")
          .await(f -> f.has("seq") && f.number("seq") == 3);
      member.catchUp();

      assertThat(closed.text("entity")).isEqualTo(room);
      assertThat(closed.text("code")).isEqualTo("forbidden");
      assertThat(closed.text("detail")).isNotEmpty();
      assertThat(member.heard("changed")).isEmpty();
      member.say("{'t':'open','entity':'%s'}".formatted(room));
      assertThat(member.await("error").at("/code")).isEqualTo(json("'forbidden'"));
    }
  }
}
