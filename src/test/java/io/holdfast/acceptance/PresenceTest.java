package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Data of sessions on an entity: shown to others, stored nowhere. */
final class PresenceTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final String note = Names.entity("note");

  private WireClient watching(String subject) {
    WireClient client = NODE.connectAs(subject);
    client.say("{'t':'open','entity':'%s','presence':true}".formatted(note)).await("state");
    return client;
  }

  private WireClient present(WireClient client, String data) {
    client.say("{'t':'present','entity':'%s','data':%s}".formatted(note, data));
    return client;
  }

  @Test
  void whoWatchesSeesWhoComesMovesAndLeaves() {
    try (WireClient alice = watching("alice");
        WireClient bob = watching("bob")) {
      present(bob, "{'cursor':1}");
      ServerFrame here =
          alice.await(frame -> frame.t().equals("presence") && frame.toString().contains("bob"));
      present(bob, "{'cursor':2}");
      ServerFrame moved = alice.await("presence");
      present(bob, "null");
      ServerFrame left = alice.await("presence");

      assertThat(here.toString()).contains("\"by\":\"bob\"").contains("\"cursor\":1");
      assertThat(moved.at("/put/0/data")).isEqualTo(json("{'cursor':2}"));
      assertThat(left.at("/gone/0")).isEqualTo(moved.at("/put/0/session"));
    }
  }

  @Test
  void whoComesLaterGetsEverybodyWhoIsThere() {
    try (WireClient alice = watching("alice");
        WireClient bob = watching("bob")) {
      present(alice, "'a'");
      present(bob, "'b'");
      alice.await(frame -> frame.t().equals("presence") && frame.toString().contains("\"b\""));

      try (WireClient carol = watching("carol")) {
        ServerFrame all = carol.await("presence");

        assertThat(all.at("/all/1/data")).isNotEqualTo(json("null"));
        assertThat(all.toString()).contains("\"by\":\"alice\"").contains("\"by\":\"bob\"");
      }
    }
  }

  @Test
  void presenceVanishesWithItsSocket() {
    try (WireClient alice = watching("alice")) {
      try (WireClient bob = watching("bob")) {
        present(bob, "1");
        alice.await(frame -> frame.t().equals("presence") && frame.toString().contains("bob"));
      }

      assertThat(alice
              .await(frame -> frame.t().equals("presence") && frame.has("gone"))
              .at("/gone/1"))
          .isEqualTo(json("null"));
    }
  }

  @Test
  void whoDidNotAskForItHearsNothing() {
    try (WireClient alice = NODE.connectAs("alice");
        WireClient bob = watching("bob")) {
      alice.open(note);
      present(bob, "1").mutate(note, 1, "[{'op':'add','path':'','value':1}]");
      alice.await(frame -> frame.is("state", note) && frame.number("version") == 1);

      assertThat(alice.heard("presence")).isEmpty();
    }
  }

  @Test
  void moreThanFourKilobytesAreRefused() {
    try (WireClient alice = watching("alice")) {
      present(alice, "'%s'".formatted("x".repeat(4094)));
      alice.catchUp();
      assertThat(alice.heard("error")).isEmpty();

      present(alice, "'%s'".formatted("x".repeat(4095)));
      ServerFrame error = alice.await("error");

      assertThat(error.text("code")).isEqualTo("too-large");
      assertThat(error.text("re")).isEqualTo("present");
      assertThat(error.text("entity")).isEqualTo(note);
    }
  }

  @Test
  void itNeedsTheEntityOpenAndTheRight() {
    try (WireClient alice = NODE.connectAs("alice")) {
      present(alice, "1");
      assertThat(alice.await("error").text("re")).isEqualTo("present");

      String task = Names.entity("task");
      alice.open(task);
      alice.say("{'t':'present','entity':'%s','data':1}".formatted(task));

      assertThat(alice.await("error").text("code")).isEqualTo("forbidden");
    }
  }
}
