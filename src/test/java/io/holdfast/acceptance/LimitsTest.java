package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits of one connection, felt by nobody else. */
final class LimitsTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.strict();

  private static byte[] frame(String singleQuoted) {
    byte[] text = SingleQuotes.text(singleQuoted).getBytes(StandardCharsets.UTF_8);
    return RawSocket.frame(RawSocket.FINAL | RawSocket.TEXT, text);
  }

  private static RawSocket connectedAs(String subject) {
    RawSocket socket = NODE.node().raw();
    socket
        .say("{'t':'hello','client':'%s','token':'%s'}".formatted(Names.fresh(subject), subject))
        .await("welcome");
    return socket;
  }

  @Test
  void whoDoesNotSayHelloIsSentAway() {
    try (RawSocket silent = NODE.node().raw()) {
      ServerFrame goaway = silent.await("goaway");

      assertThat(goaway.text("code")).isEqualTo("protocol");
      assertThat(goaway.text("detail")).contains("hello");
      assertThat(silent.read()).isEmpty();
    }
  }

  @Test
  void whoSaidHelloMayBeSilentLonger() {
    try (WireClient polite = NODE.connectAs("polite");
        RawSocket silent = NODE.node().raw()) {
      silent.await("goaway");

      polite.catchUp();
    }
  }

  @Test
  void aFloodIsRefusedThenEndedAndTheOthersGoOn() {
    try (WireClient alice = NODE.connectAs("alice");
        RawSocket mallory = connectedAs("mallory")) {
      ByteArrayOutputStream flood = new ByteArrayOutputStream();
      for (int n = 0; n < 2_000; n++) {
        flood.writeBytes(frame("{'t':'ping','n':%d}".formatted(n)));
      }
      mallory.tryWrite(flood.toByteArray());

      assertThat(mallory.await("error").text("code")).isEqualTo("overloaded");
      ServerFrame goaway = mallory.await("goaway");
      assertThat(goaway.text("code")).isEqualTo("overloaded");
      assertThat(goaway.number("retryAfterMs")).isPositive();
      assertThat(mallory.read()).isEmpty();
      alice.catchUp();
    }
  }

  @Test
  void manySocketsOfOneSubjectShareItsRate() {
    try (WireClient alice = NODE.connectAs("alice");
        RawSocket one = connectedAs("eve");
        RawSocket two = connectedAs("eve")) {
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      for (int n = 0; n < 199; n++) {
        many.writeBytes(frame("{'t':'ping','n':%d}".formatted(n)));
      }
      one.write(many.toByteArray());
      two.write(many.toByteArray());

      assertThat(refusals(one, 199) + refusals(two, 199)).isPositive();
      alice.catchUp();
    }
  }

  private static int refusals(RawSocket socket, int answers) {
    int refusals = 0;
    for (int n = 0; n < answers; n++) {
      Optional<ServerFrame> answer = socket.read();
      if (answer.isEmpty()) {
        return refusals + 1;
      }
      refusals += answer.get().t().equals("error") ? 1 : 0;
    }
    return refusals;
  }

  @Test
  void commandsAboveTheInFlightLimitAreRefusedWithoutBeingDecided() {
    String note = Names.entity("note");
    try (RawSocket mallory = connectedAs("m")) {
      ByteArrayOutputStream burst = new ByteArrayOutputStream();
      for (int seq = 1; seq <= 20; seq++) {
        burst.writeBytes(frame(
            "{'t':'mutate','entity':'%s','seq':%d,'after':%d,'ops':[{'op':'add','path':'','value':%d}]}"
                .formatted(note, seq, seq - 1, seq)));
      }
      mallory.write(burst.toByteArray());

      ServerFrame error = mallory.await("error");
      assertThat(error.text("code")).isEqualTo("overloaded");
      assertThat(error.text("re")).isEqualTo("mutate");
      assertThat(error.text("entity")).isEqualTo(note);
      ServerFrame accepted = mallory.await("accepted");
      while (accepted.number("seq") < 4) {
        accepted = mallory.await("accepted");
      }
      mallory.say(
          "{'t':'mutate','entity':'%s','seq':5,'after':4,'ops':[{'op':'test','path':'','value':4}]}"
              .formatted(note));
      assertThat(mallory.await("accepted").number("seq")).isEqualTo(5);
    }
  }

  @Test
  void noMoreEntitiesThanAllowedAreOpenAtOnce() {
    try (WireClient alice = NODE.connectAs("alice")) {
      String first = Names.entity("note");
      alice.open(first);
      alice.open(Names.entity("note"));
      alice.open(Names.entity("note"));
      String fourth = Names.entity("note");
      alice.say("{'t':'open','entity':'%s'}".formatted(fourth));
      ServerFrame error = alice.await("error");
      alice.open(first);
      alice.say("{'t':'close','entity':'%s'}".formatted(first));

      assertThat(error.text("code")).isEqualTo("limit");
      assertThat(error.text("re")).isEqualTo("open");
      assertThat(error.text("entity")).isEqualTo(fourth);
      assertThat(alice.open(fourth).at("/doc")).isEqualTo(json("null"));
    }
  }

  @Test
  void theLimitsAreTold() {
    try (WireClient alice = NODE.connect()) {
      ServerFrame welcome = alice.hello("c", "alice");

      assertThat(welcome.at("/limits/open")).isEqualTo(json("3"));
      assertThat(welcome.at("/limits/inFlight")).isEqualTo(json("4"));
    }
  }

  @Test
  void aKindsCommandRateHoldsForAllItsWritersTogether() {
    String tiny = Names.entity("tiny");
    try (WireClient alice = NODE.connectAs("alice")) {
      ServerFrame answer =
          alice.mutate(tiny, 1, "[{'op':'add','path':'','value':0}]").receipt(tiny, 1);
      long seq = 1;
      while (seq < 150 && answer.t().equals("accepted")) {
        seq++;
        answer = alice.mutate(tiny, seq, "[{'op':'inc','path':'','value':1}]").next();
      }

      assertThat(answer.toString()).contains("mutate", tiny, "overloaded", "commands per second");
      alice.mutate(tiny, seq + 1, "[{'op':'inc','path':'','value':1}]");
      assertThat(alice.await("gap").number("expected")).isEqualTo(seq - 1);
      assertThat(NODE.node().ops().get("/metrics").text())
          .contains("holdfast_commands_total{kind=\"tiny\",outcome=\"overloaded\"");
    }
  }
}
