package io.holdfast.acceptance;

import static io.holdfast.acceptance.SingleQuotes.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code open} with what the client has already. */
final class ResumeTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private final String note = Names.entity("note");
  private final WireClient writer = NODE.connectAs("writer");
  private long epoch;

  @BeforeEach
  void threeVersions() {
    writer.mutate(note, 1, "[{'op':'add','path':'','value':{'n':1}}]").await("accepted");
    epoch = writer.open(note).number("epoch");
    writer.mutate(note, 2, "[{'op':'inc','path':'/n','value':1}]").await("changed");
    writer.mutate(note, 3, "[{'op':'inc','path':'/n','value':1}]").await("changed");
  }

  @AfterEach
  void leave() {
    writer.close();
  }

  private ServerFrame answerTo(long epochKnown, long versionKnown) {
    try (WireClient reader = NODE.connectAs("reader")) {
      reader.say("{'t':'open','entity':'%s','epoch':%d,'version':%d}"
          .formatted(note, epochKnown, versionKnown));
      return reader.await(frame -> frame.has("entity") && frame.text("entity").equals(note));
    }
  }

  @Test
  void whoMissedNothingIsToldSo() {
    ServerFrame answer = answerTo(epoch, 3);

    assertThat(answer.t()).isEqualTo("current");
    assertThat(answer.number("epoch")).isEqualTo(epoch);
    assertThat(answer.number("version")).isEqualTo(3);
  }

  @Test
  void whoMissedSomethingGetsExactlyThat() {
    ServerFrame answer = answerTo(epoch, 1);

    assertThat(answer.t()).isEqualTo("changed");
    assertThat(answer.number("from")).isEqualTo(1);
    assertThat(answer.number("version")).isEqualTo(3);
    assertThat(answer.at("/ops"))
        .isEqualTo(json("[{'op':'inc','path':'/n','value':1},{'op':'inc','path':'/n','value':1}]"));
    assertThat(answer.at("/changes/0/version")).isEqualTo(json("2"));
    assertThat(answer.at("/changes/1/version")).isEqualTo(json("3"));
  }

  @Test
  void whoKnowsAnotherHistoryGetsTheState() {
    ServerFrame answer = answerTo(epoch + 1, 3);

    assertThat(answer.t()).isEqualTo("state");
    assertThat(answer.number("version")).isEqualTo(3);
    assertThat(answer.at("/doc")).isEqualTo(json("{'n':3}"));
  }

  @Test
  void whoClaimsAVersionThatIsStillToComeGetsTheState() {
    assertThat(answerTo(epoch, 4).t()).isEqualTo("state");
  }

  @Test
  void whoMissedMoreThanTheNodeKeepsGetsTheState() {
    String large = "x".repeat(60_000);
    for (int seq = 4; seq <= 6; seq++) {
      writer
          .mutate(note, seq, "[{'op':'add','path':'/large%d','value':'%s'}]".formatted(seq, large))
          .receipt(note, seq);
    }

    ServerFrame answer = answerTo(epoch, 1);

    assertThat(answer.t()).isEqualTo("state");
    assertThat(answer.number("version")).isEqualTo(6);
  }

  @Test
  void aSecondOpenOnTheSameSocketStartsAnewFromTheState() {
    ServerFrame state = writer.open(note);
    writer.mutate(note, 4, "[{'op':'inc','path':'/n','value':1}]");

    assertThat(state.number("version")).isEqualTo(3);
    assertThat(writer.await("changed").number("from")).isEqualTo(3);
  }
}
