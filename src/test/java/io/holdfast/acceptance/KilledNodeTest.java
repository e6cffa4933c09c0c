package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code kill -9} of a node under load, on the embedded database. */
final class KilledNodeTest {
  @Test
  void losesNothingItAcknowledgedAndRepeatsNothing() {
    try (NodeHome home = NodeHome.create()) {
      Crew crew;
      try (NodeProcess node = home.start()) {
        crew = Crew.at(node, 6);
        crew.awaitReceipts(600);
        crew.stayAway();
        node.kill();
      }
      try (NodeProcess node = home.start()) {
        crew.assertAllAcknowledgedIsThere(node.http());
        crew.goOnAt(node);
        crew.awaitReceipts(300);
        crew.finishAndAssertExactlyOnce(node.http());
      }
    }
  }

  @Test
  void isNotMissedByAClientThatResumes() {
    try (NodeHome home = NodeHome.create()) {
      String note = Names.entity("note");
      Mirror mirror;
      try (NodeProcess node = home.start();
          WireClient alice = node.connectAs("alice")) {
        alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':1}}]").await("accepted");
        mirror = new Mirror(alice.open(note));
        node.kill();
        assertThat(alice.awaitClose()).isNotEqualTo(1000);
      }
      try (NodeProcess node = home.start();
          WireClient bob = node.connectAs("bob");
          WireClient alice = node.connectAs("alice")) {
        alice.say(
            "{'t':'open','entity':'%s','epoch':%d,'version':1}".formatted(note, mirror.epoch()));
        assertThat(alice.next().t()).isEqualTo("current");
        bob.mutate(note, 1, "[{'op':'inc','path':'/n','value':1}]");
        mirror.follow(alice, 2);

        assertThat(node.http().get("/v1/state/" + note).json()).isEqualTo(mirror.document());
      }
    }
  }
}
