package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has no good token, or has one that gives too little, gets nothing on any path. */
final class StrangersTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.withTokens();

  private static final String EXPIRED = "expired";

  static Stream<Arguments> forged() {
    JWTClaimsSet good = Tokens.claims("alice", Duration.ofHours(1), "admin").build();
    String signed = Tokens.signed(good);
    String other = "another-secret-of-well-over-256-bits-for-these-tests-and-of-512-bits-too";
    return Stream.of(
        Arguments.of("alg none", new PlainJWT(good).serialize()),
        Arguments.of(
            "another algorithm",
            Tokens.signed(JWSAlgorithm.HS384, good, Tokens.SECRET + "0123456789")),
        Arguments.of("another secret", Tokens.signed(JWSAlgorithm.HS256, good, other)),
        Arguments.of(EXPIRED, Tokens.expiring("alice", Duration.ofHours(-1))),
        Arguments.of(
            "without end",
            Tokens.signed(new JWTClaimsSet.Builder(good).expirationTime(null).build())),
        Arguments.of(
            "wrong audience",
            Tokens.signed(new JWTClaimsSet.Builder(good).audience("others").build())),
        Arguments.of(
            "without audience",
            Tokens.signed(new JWTClaimsSet.Builder(good).audience((String) null).build())),
        Arguments.of(
            "without subject",
            Tokens.signed(new JWTClaimsSet.Builder(good).subject(null).build())),
        Arguments.of("cut off", signed.substring(0, signed.length() - 4)),
        Arguments.of("payload exchanged", exchanged(signed, Tokens.of("mallory", "admin"))),
        Arguments.of("a plain name", "alice"),
        Arguments.of("a name with role", "alice#admin"),
        Arguments.of("garbage", "a.b.c"),
        Arguments.of("dots", ".."),
        Arguments.of("a long one", "x".repeat(7000)));
  }

  private static String exchanged(String signed, String payload) {
    String[] one = signed.split("\\.");
    return one[0] + "." + payload.split("\\.")[1] + "." + one[2];
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forged")
  void aForgedTokenIsNotWelcomed(String what, String token) {
    try (WireClient client = NODE.connect()) {
      client.say("{'t':'hello','client':'c','token':'%s'}".formatted(token));
      ServerFrame error = client.await("error");

      assertThat(error.text("code")).isEqualTo("unauthenticated");
      assertThat(error.text("re")).isEqualTo("hello");
      assertThat(error.text("detail")).doesNotContain(Tokens.SECRET);
      client.await("goaway");
      client.awaitClose();
      assertThat(client.heard("welcome")).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forged")
  void aForgedTokenOpensNothingOverHttp(String what, String token) {
    HttpCalls.Answer answer = NODE.http().get("/v1/state/task/x", HttpCalls.as(token));

    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("unauthenticated");
    assertThat(NODE.http().put("/v1/state/note/x", "1", HttpCalls.as(token)).status())
        .isEqualTo(401);
    assertThat(NODE.http().get("/v1/state/note/x/events", HttpCalls.as(token)).status())
        .isEqualTo(401);
  }

  @Test
  void aCommandBeforeHelloIsNotEvenLookedAt() {
    try (RawSocket stranger = NODE.node().raw()) {
      String note = Names.entity("note");
      stranger.say(
          "{'t':'mutate','entity':'%s','seq':1,'after':0,'ops':[{'op':'add','path':'','value':1}]}"
              .formatted(note));

      assertThat(stranger.await("error").text("code")).isEqualTo("unauthenticated");
      assertThat(stranger.await("goaway").text("code")).isEqualTo("protocol");
      assertThat(stranger.read()).isEmpty();
      assertThat(NODE.http().get("/v1/state/" + note).status()).isEqualTo(404);
    }
  }

  @Test
  void helloWithAClientIdThatIsNoneIsRefused() {
    for (String client : new String[] {"", "a b", "x".repeat(65), "ä"}) {
      try (RawSocket stranger = NODE.node().raw()) {
        stranger.say("{'t':'hello','client':'%s'}".formatted(client));

        assertThat(stranger.await("error").text("code")).isEqualTo("bad-frame");
      }
    }
  }

  @Test
  void whatASubjectMayNotReadItNeitherOpensNorChangesNorLearnsOf() {
    String secret = "secret/" + Names.fresh("alice");
    String owner = secret.substring("secret/".length());
    NODE.http().put("/v1/state/" + secret, "{'n':1}", HttpCalls.as(Tokens.of(owner)));
    for (String entity : new String[] {secret, "secret/nobody"}) {
      try (WireClient bob = NODE.connect()) {
        bob.hello("c", Tokens.of("bob"));
        bob.say("{'t':'open','entity':'%s','presence':true}".formatted(entity));
        assertThat(bob.await("error").text("code")).isEqualTo("forbidden");
        bob.say("{'t':'present','entity':'%s','data':1}".formatted(entity));
        assertThat(bob.await("error").text("re")).isEqualTo("present");
        bob.mutate(entity, 1, "[{'op':'test','path':'/n','value':1}]");
        assertThat(bob.await("refused").text("code")).isEqualTo("forbidden");
        bob.mutate(entity, 2, "[{'op':'remove','path':''}]");
        assertThat(bob.await("refused").text("code")).isEqualTo("forbidden");
        assertThat(bob.heard("state")).isEmpty();
        assertThat(bob.heard("presence")).isEmpty();
      }
    }
    assertThat(NODE.http()
            .get("/v1/state/" + secret, HttpCalls.as(Tokens.of(owner)))
            .text())
        .isEqualTo("{\"n\":1}");
  }

  @Test
  void aPartThatIsGuardedIsGuardedHoweverACommandGetsThere() {
    String room = Names.entity("room");
    String members = "{'owners':{'olga':true},'members':{'olga':true,'max':true}}";
    NODE.http().merge("/v1/state/" + room, members, HttpCalls.as(Tokens.of("olga")));
    String[] ways = {
      "[{'op':'add','path':'/members/eve','value':true}]",
      "[{'op':'remove','path':'/members/olga'}]",
      "[{'op':'replace','path':'','value':{'topic':'','members':{'eve':true}}}]",
      "[{'op':'merge','path':'','value':{'members':{'eve':true}}}]",
      "[{'op':'move','from':'/members','path':'/topic2'}]",
      "[{'op':'copy','from':'/owners','path':'/members'}]",
      "[{'op':'add','path':'/topic','value':'a'},{'op':'add','path':'/members','value':{}}]"
    };
    try (WireClient max = NODE.connect()) {
      max.hello("c", Tokens.of("max"));
      for (int i = 0; i < ways.length; i++) {
        ServerFrame refused = max.mutate(room, i + 1L, ways[i]).receipt(room, i + 1L);

        assertThat(refused.text("code")).as(ways[i]).isEqualTo("forbidden");
      }
      max.mutate(room, 8, "[{'op':'replace','path':'/topic','value':'a'}]");
      assertThat(max.receipt(room, 8).t()).isEqualTo("accepted");
    }
  }
}
