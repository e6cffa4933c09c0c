package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands and receipts over the WebSocket, by the protocol document alone. */
final class ConversationTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final String note = Names.entity("note");

  @Test
  void helloIsAnsweredByAWelcomeThatSaysAllAClientNeeds() {
    try (WireClient alice = NODE.connect()) {
      ServerFrame welcome = alice.hello("c1", "alice");

      assertThat(welcome.text("subject")).isEqualTo("alice");
      assertThat(welcome.text("session")).isNotEmpty();
      assertThat(welcome.text("node")).isNotEmpty();
      assertThat(welcome.number("heartbeatMs")).isPositive();
      assertThat(welcome.number("serverTime")).isPositive();
      assertThat(welcome.at("/limits/frameBytes")).isEqualTo(json("2097152"));
      assertThat(welcome.at("/limits/open")).isEqualTo(json("200"));
      assertThat(welcome.at("/limits/inFlight")).isEqualTo(json("128"));
    }
  }

  @Test
  void whoSaysNoNameIsAnonymous() {
    try (WireClient nobody = NODE.connect()) {
      nobody.say("{'t':'hello','client':'c1'}");

      assertThat(nobody.await("welcome").text("subject")).isEqualTo("anonymous");
    }
  }

  @Test
  void anEntityThatDoesNotExistOpensAtVersionZeroWithNothing() {
    try (WireClient alice = NODE.connectAs("alice")) {
      ServerFrame state = alice.open(note);

      assertThat(state.number("version")).isZero();
      assertThat(state.at("/doc")).isEqualTo(json("null"));
      assertThat(state.has("epoch")).isTrue();
    }
  }

  @Test
  void theKindsInitialDocumentIsShownAndPatchedBeforeItExists() {
    try (WireClient editor = NODE.connectAs("ed#editor")) {
      String task = Names.entity("task");

      assertThat(editor.open(task).at("/doc")).isEqualTo(json("{'done':false,'title':''}"));
      editor.mutate(task, 1, "[{'op':'replace','path':'/title','value':'Wash'}]");

      assertThat(editor.receipt(task, 1).number("version")).isEqualTo(1);
      assertThat(NODE.http().get("/v1/state/" + task).json())
          .isEqualTo(json("{'done':false,'title':'Wash'}"));
    }
  }

  @Test
  void theChangeInTheStreamIsTheReceipt() {
    try (WireClient alice = NODE.connect()) {
      alice.hello("alices-tab", "alice");
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'title':'Hi'}}]").await("accepted");
      alice.open(note);

      alice.mutate(note, 2, "[{'op':'replace','path':'/title','value':'Ho'}]");
      ServerFrame changed = alice.await("changed");
      alice.catchUp();

      assertThat(changed.text("entity")).isEqualTo(note);
      assertThat(changed.number("from")).isEqualTo(1);
      assertThat(changed.number("version")).isEqualTo(2);
      assertThat(changed.at("/ops"))
          .isEqualTo(json("[{'op':'replace','path':'/title','value':'Ho'}]"));
      assertThat(changed.at("/changes/0/client")).isEqualTo(json("'alices-tab'"));
      assertThat(changed.at("/changes/0/seq")).isEqualTo(json("2"));
      assertThat(changed.at("/changes/0/version")).isEqualTo(json("2"));
      assertThat(changed.at("/changes/0/by")).isEqualTo(json("'alice'"));
      assertThat(alice.heard("accepted")).hasSize(1);
    }
  }

  @Test
  void whoCreatesAnOpenEntityGetsTheReceiptAndTheStateWithItsEpoch() {
    try (WireClient alice = NODE.connectAs("alice")) {
      assertThat(alice.open(note).number("epoch")).isZero();
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'title':'Hi'}}]");

      assertThat(alice.await("accepted").number("version")).isEqualTo(1);
      ServerFrame state = alice.await("state");
      assertThat(state.number("epoch")).isPositive();
      assertThat(state.number("version")).isEqualTo(1);
      assertThat(state.at("/doc")).isEqualTo(json("{'title':'Hi'}"));
    }
  }

  @Test
  void whoHasNotOpenedTheEntityGetsTheReceiptAlone() {
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.mutate(note, 1, "[{'op':'add','path':'','value':1}]");

      ServerFrame accepted = alice.await("accepted");
      alice.catchUp();

      assertThat(accepted.text("entity")).isEqualTo(note);
      assertThat(accepted.number("seq")).isEqualTo(1);
      assertThat(accepted.number("version")).isEqualTo(1);
      assertThat(accepted.has("duplicate")).isFalse();
      assertThat(alice.heard("changed")).isEmpty();
      assertThat(alice.heard("state")).isEmpty();
    }
  }

  @Test
  void aCommandSentAgainTakesEffectOnceAndIsAnsweredWithItsFirstVersion() {
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':0}}]");
      alice.mutate(note, 2, "[{'op':'inc','path':'/n','value':1}]");
      alice.mutate(note, 3, "[{'op':'inc','path':'/n','value':1}]");
      alice.mutate(note, 2, "[{'op':'inc','path':'/n','value':1}]");

      ServerFrame again = alice.await(frame -> frame.has("duplicate"));

      assertThat(again.t()).isEqualTo("accepted");
      assertThat(again.number("seq")).isEqualTo(2);
      assertThat(again.number("version")).isEqualTo(2);
      assertThat(NODE.http().get("/v1/state/" + note).json()).isEqualTo(json("{'n':2}"));
    }
  }

  @Test
  void aRefusedCommandSentAgainIsRefusedAgainAlthoughItWouldFitNow() {
    try (WireClient alice = NODE.connectAs("alice");
        WireClient bob = NODE.connectAs("bob")) {
      alice.mutate(note, 1, "[{'op':'replace','path':'/later','value':1}]");
      assertThat(alice.await("refused").text("code")).isEqualTo("no-such-path");
      bob.mutate(note, 1, "[{'op':'add','path':'','value':{'later':0}}]").await("accepted");

      alice.mutate(note, 1, "[{'op':'replace','path':'/later','value':1}]");

      assertThat(alice.await("refused").text("code")).isEqualTo("no-such-path");
      assertThat(NODE.http().get("/v1/state/" + note).json()).isEqualTo(json("{'later':0}"));
    }
  }

  @Test
  void aCommandWhosePredecessorIsUnknownIsAGapUntilThatOneIsDecided() {
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':0}}]").await("accepted");
      alice.mutate(note, 3, 2, "[{'op':'inc','path':'/n','value':10}]");
      ServerFrame gap = alice.await("gap");

      assertThat(gap.text("entity")).isEqualTo(note);
      assertThat(gap.number("expected")).isEqualTo(1);

      alice.mutate(note, 2, 1, "[{'op':'inc','path':'/n','value':1}]");
      alice.mutate(note, 3, 2, "[{'op':'inc','path':'/n','value':10}]");
      assertThat(alice
              .await(frame -> frame.is("accepted", note) && frame.number("seq") == 3)
              .number("version"))
          .isEqualTo(3);
      assertThat(NODE.http().get("/v1/state/" + note).json()).isEqualTo(json("{'n':11}"));
    }
  }

  @Test
  void aCommandAfterARefusedOneIsInOrder() {
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.mutate(note, 1, 0, "[{'op':'remove','path':'/x'}]");
      alice.mutate(note, 2, 1, "[{'op':'add','path':'','value':2}]");

      assertThat(alice.await("refused").number("seq")).isEqualTo(1);
      assertThat(alice.await("accepted").number("seq")).isEqualTo(2);
    }
  }

  @Test
  void aRefusalSaysCodeDetailPointerAndTheVersionItWasJudgedAt() {
    try (WireClient editor = NODE.connectAs("ed#editor")) {
      String task = Names.entity("task");
      editor
          .mutate(task, 1, "[{'op':'replace','path':'/title','value':'Wash'}]")
          .await("accepted");
      editor.mutate(task, 2, "[{'op':'replace','path':'/done','value':'yes'}]");

      ServerFrame refused = editor.await("refused");

      assertThat(refused.text("entity")).isEqualTo(task);
      assertThat(refused.number("seq")).isEqualTo(2);
      assertThat(refused.text("code")).isEqualTo("invalid");
      assertThat(refused.text("pointer")).isEqualTo("/done");
      assertThat(refused.text("detail")).contains("expected");
      assertThat(refused.number("version")).isEqualTo(1);
    }
  }

  @Test
  void aPatchIsAllOrNothing() {
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'a':1}}]").await("accepted");
      alice.mutate(
          note, 2, "[{'op':'replace','path':'/a','value':2},{'op':'test','path':'/a','value':3}]");

      assertThat(alice.await("refused").text("code")).isEqualTo("test-failed");
      assertThat(NODE.http().get("/v1/state/" + note).json()).isEqualTo(json("{'a':1}"));
    }
  }

  @Test
  void aCommandForAnotherVersionIsRefused() {
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.mutate(note, 1, "[{'op':'add','path':'','value':1}]").await("accepted");
      String command =
          "{'t':'mutate','entity':'%s','seq':%d,'after':0,'if':%d,'ops':[{'op':'inc','path':'','value':1}]}";

      alice.say(command.formatted(note, 2, 0));
      ServerFrame refused = alice.await("refused");
      alice.say(command.formatted(note, 3, 1));

      assertThat(refused.text("code")).isEqualTo("version-mismatch");
      assertThat(refused.number("version")).isEqualTo(1);
      assertThat(alice.await("accepted").number("version")).isEqualTo(2);
    }
  }

  @Test
  void aDeletedEntityGoesOnCounting() {
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.open(note);
      alice.mutate(note, 1, "[{'op':'add','path':'','value':1}]").receipt(note, 1);
      alice.mutate(note, 2, "[{'op':'remove','path':''}]");
      assertThat(alice.receipt(note, 2).number("version")).isEqualTo(2);

      ServerFrame state = alice.open(note);

      assertThat(state.number("version")).isEqualTo(2);
      assertThat(state.at("/doc")).isEqualTo(json("null"));
      alice.mutate(note, 3, "[{'op':'add','path':'','value':3}]");
      assertThat(alice.receipt(note, 3).number("version")).isEqualTo(3);
    }
  }

  @Test
  void whoClosesTheEntityHearsNoMoreOfIt() {
    try (WireClient alice = NODE.connectAs("alice");
        WireClient bob = NODE.connectAs("bob")) {
      alice.open(note);
      alice.say("{'t':'close','entity':'%s'}".formatted(note)).catchUp();
      bob.mutate(note, 1, "[{'op':'add','path':'','value':1}]").await("accepted");
      alice.mutate(note, 1, "[{'op':'inc','path':'','value':1}]").await("accepted");

      assertThat(alice.heard("changed")).isEmpty();
      assertThat(alice.heard("state")).hasSize(1);
    }
  }

  @Test
  void pingIsAnsweredByPongWithTheSameNumber() {
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.say("{'t':'ping','n':42}");

      assertThat(alice.await("pong").number("n")).isEqualTo(42);
    }
  }

  @Test
  void twoClientsThatWriteAtTheSameTimeEndEqual() {
    try (WireClient alice = NODE.connectAs("alice");
        WireClient bob = NODE.connectAs("bob")) {
      Mirror atAlice = new Mirror(alice.open(note));
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':0,'log':[]}}]");
      Mirror atBob = new Mirror(bob.open(note));
      for (int seq = 2; seq <= 101; seq++) {
        alice.mutate(
            note,
            seq,
            "[{'op':'inc','path':'/n','value':1},{'op':'add','path':'/log/-','value':'a'}]");
        bob.mutate(
            note,
            seq - 1,
            seq == 2 ? 0 : seq - 2,
            "[{'op':'inc','path':'/n','value':1},{'op':'add','path':'/log/0','value':'b'}]");
      }
      atAlice.follow(alice, 201);
      atBob.follow(bob, 201);

      assertThat(atAlice.document()).isEqualTo(atBob.document());
      assertThat(atAlice.at("/n")).isEqualTo(json("200"));
      assertThat(NODE.http().get("/v1/state/" + note).json()).isEqualTo(atBob.document());
    }
  }
}
