package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands for an entity that is not open: the session takes it up and lets go of it for each. */
class TakenUpAnewTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  @Test
  void everyCommandIsAnsweredHoweverOftenItsEntityIsTakenUp() {
    String note = Names.entity("note");
    try (WireClient alice = NODE.connectAs("alice")) {
      alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':0}}]").receipt(note, 1);
      for (int seq = 2; seq <= 2000; seq++) {
        String ops = seq % 2 == 0
            ? "[{'op':'remove','path':'/no'}]"
            : "[{'op':'test','path':'/n','value':0}]";

        ServerFrame receipt = alice.mutate(note, seq, ops).receipt(note, seq);

        assertThat(receipt.t()).isEqualTo(seq % 2 == 0 ? "refused" : "accepted");
      }
    }
  }
}
