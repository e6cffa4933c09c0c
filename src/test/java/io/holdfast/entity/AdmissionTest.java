package io.holdfast.entity;

import static io.holdfast.entity.Given.ALICE;
import static io.holdfast.entity.Given.ANYONE;
import static io.holdfast.entity.Given.json;
import static io.holdfast.entity.Given.kind;
import static io.holdfast.entity.Given.openKind;
import static io.holdfast.entity.Given.patch;
import static io.holdfast.entity.Given.proposal;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.auth.Principal;
import io.holdfast.document.Json;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Refusal;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final String CREATE = "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"n\":0}}]";
  private static final String INC = "[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]";

  private EntityKind kind = openKind();
  private Admission admission = new Admission(kind, "a");
  private State state = State.start(new EntityId("note", "a"), kind.kind().initial());

  private void given(EntityKind other) {
    kind = other;
    restart();
    state = State.start(new EntityId("note", "a"), kind.kind().initial());
  }

  /** A new incarnation remembers what its state says, no more. */
  private void restart() {
    admission = new Admission(kind, "a");
  }

  private List<Verdict> submit(Proposal... proposals) {
    Admission.Result result = admission.judge(state, List.of(proposals));
    for (EntityEvent event : result.events()) {
      state = event.applyTo(state);
    }
    return result.verdicts();
  }

  private ErrorCode refusal(Proposal proposal) {
    return ((Verdict.Refused) submit(proposal).get(0)).why().code();
  }

  private static Verdict accepted(long version) {
    return new Verdict.Accepted(version, false);
  }

  @Test
  void acceptsCommandsOfOneBatchOnTopOfEachOther() {
    assertThat(
            submit(proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC), proposal("d", 1, 0, INC)))
        .containsExactly(accepted(1), accepted(2), accepted(3));
    assertThat(state.document()).isEqualTo(json("{\"n\":2}"));
  }

  @Test
  void answersARepeatWithItsFirstOutcomeAndDoesNothing() {
    submit(
        proposal("c", 1, 0, CREATE),
        proposal("c", 2, 1, INC),
        proposal("c", 3, 2, "[{\"op\":\"remove\",\"path\":\"/x\"}]"));

    List<Verdict> again = submit(
        proposal("c", 2, 1, INC), proposal("c", 3, 2, "[{\"op\":\"remove\",\"path\":\"/x\"}]"));

    assertThat(again.get(0)).isEqualTo(new Verdict.Accepted(2, true));
    assertThat(((Verdict.Refused) again.get(1)).why().code()).isEqualTo(ErrorCode.NO_SUCH_PATH);
    assertThat(state.version()).isEqualTo(2);
  }

  @Test
  void knowsAClientsLastCommandAfterARestart() {
    submit(proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC));
    restart();

    assertThat(submit(proposal("c", 2, 1, INC))).containsExactly(new Verdict.Accepted(2, true));
  }

  @Test
  void sendsOlderRepeatsToTheJournalAfterARestart() {
    submit(proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC));
    restart();

    assertThat(submit(proposal("c", 1, 0, CREATE))).containsExactly(new Verdict.DecidedBefore(2));
  }

  @Test
  void reportsAGapWhenThePredecessorIsUnknown() {
    submit(proposal("c", 1, 0, CREATE));

    assertThat(submit(proposal("c", 3, 2, INC))).containsExactly(new Verdict.Gap(1));
    assertThat(submit(proposal("c", 2, 1, INC), proposal("c", 3, 2, INC)))
        .containsExactly(accepted(2), accepted(3));
  }

  @Test
  void aRefusedCommandIsDecidedSoTheNextMayFollow() {
    submit(
        proposal("c", 1, 0, CREATE), proposal("c", 2, 1, "[{\"op\":\"remove\",\"path\":\"/x\"}]"));

    assertThat(submit(proposal("c", 3, 2, INC))).containsExactly(accepted(2));
  }

  @Test
  void anUnfitCommandTakesItsPlaceInTheOrder() {
    Refusal why = Refusal.of(ErrorCode.BAD_PATCH, "ops: no");

    assertThat(submit(Proposal.unfit("c", 1, 0, ALICE, 1, why)))
        .containsExactly(new Verdict.Refused(why, 0));
    assertThat(submit(proposal("c", 2, 1, CREATE))).containsExactly(accepted(1));
  }

  @Test
  void refusesAnotherVersionThanTheCommandWants() {
    submit(proposal("c", 1, 0, CREATE));
    Proposal stale = Proposal.of("c", 2, 1, OptionalLong.of(0), ALICE, 5, patch(INC));

    assertThat(refusal(stale)).isEqualTo(ErrorCode.VERSION_MISMATCH);
  }

  @Test
  void refusesAFailedTestAndAMissingPath() {
    submit(proposal("c", 1, 0, CREATE));

    assertThat(refusal(proposal("c", 2, 1, "[{\"op\":\"test\",\"path\":\"/n\",\"value\":9}]")))
        .isEqualTo(ErrorCode.TEST_FAILED);
    assertThat(refusal(proposal("c", 3, 2, "[{\"op\":\"replace\",\"path\":\"/x/y\",\"value\":9}]")))
        .isEqualTo(ErrorCode.NO_SUCH_PATH);
  }

  @Test
  void forbidsBeforeAnythingOfTheDocumentCanShow() {
    given(kind("\"access\":{\"create\":[\"anyone\"],\"write\":[\"role:editor\"]}"));
    submit(proposal("c", 1, 0, CREATE));

    assertThat(refusal(proposal("c", 2, 1, "[{\"op\":\"test\",\"path\":\"/n\",\"value\":9}]")))
        .isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void judgesGuardedPartsByEffect() {
    given(
        kind(
            "\"access\":{\"create\":[\"anyone\"],\"write\":[\"anyone\"],\"writeAt\":{\"/owner\":[\"role:admin\"]}}"));
    submit(proposal(
        "c", 1, 0, "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"owner\":\"x\",\"n\":1}}]"));

    assertThat(refusal(
            proposal("c", 2, 1, "[{\"op\":\"merge\",\"path\":\"\",\"value\":{\"owner\":\"me\"}}]")))
        .isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(submit(proposal("c", 3, 2, INC))).containsExactly(accepted(2));
  }

  @Test
  void deletingNeedsItsOwnRightAndTheVersionGoesOn() {
    given(kind(
        "\"access\":{\"create\":[\"anyone\"],\"write\":[\"anyone\"],\"delete\":[\"role:admin\"]}"));
    submit(proposal("c", 1, 0, CREATE));
    String delete = "[{\"op\":\"remove\",\"path\":\"\"}]";
    Principal admin = new Principal(
        "root", java.util.Set.of("admin"), java.util.Optional.empty(), java.util.Optional.empty());

    assertThat(refusal(proposal("c", 2, 1, delete))).isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(submit(Proposal.of("r", 1, 0, OptionalLong.empty(), admin, 9, patch(delete))))
        .containsExactly(accepted(2));
    assertThat(state.exists()).isFalse();
    assertThat(submit(proposal("c", 3, 2, CREATE))).containsExactly(accepted(3));
  }

  @Test
  void refusesADocumentThatGrowsTooLargeOrTooDeep() {
    given(kind("\"limits\":{\"bytes\":100,\"depth\":2},\"access\":" + ANYONE));
    submit(proposal("c", 1, 0, CREATE));

    assertThat(refusal(proposal(
            "c", 2, 1, "[{\"op\":\"add\",\"path\":\"/x\",\"value\":\"" + "x".repeat(100) + "\"}]")))
        .isEqualTo(ErrorCode.LIMIT);
    assertThat(refusal(proposal("c", 3, 2, "[{\"op\":\"add\",\"path\":\"/x\",\"value\":[[1]]}]")))
        .isEqualTo(ErrorCode.TOO_DEEP);
  }

  @Test
  void holdsEveryChangeToTheSchema() {
    given(kind(
        "\"schema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":1}}},\"access\":"
            + ANYONE));
    submit(proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC));

    Verdict.Refused refused = (Verdict.Refused) submit(proposal("c", 3, 2, INC)).get(0);

    assertThat(refused.why().code()).isEqualTo(ErrorCode.INVALID);
    assertThat(refused.why().pointer()).isEqualTo("/n");
    assertThat(refused.version()).isEqualTo(2);
  }

  @Test
  void judgesTheFirstPatchOnTheKindsInitialDocument() {
    given(kind("\"initial\":{\"n\":41},\"access\":" + ANYONE));

    submit(proposal("c", 1, 0, INC));

    assertThat(state.document()).isEqualTo(json("{\"n\":42}"));
  }

  @Test
  void slowsDownAFloodAndJudgesAllOfItInItsOrder() {
    given(kind("\"limits\":{\"commandsPerSecond\":2},\"access\":" + ANYONE));
    submit(proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC));
    Json unchanged = state.document();

    List<Verdict> tooFast = submit(proposal("c", 3, 2, INC), proposal("c", 4, 3, INC));

    assertThat(tooFast.get(0))
        .isInstanceOfSatisfying(
            Verdict.Undecided.class,
            undecided -> assertThat(undecided.why().code()).isEqualTo(ErrorCode.OVERLOADED));
    assertThat(tooFast.get(1)).isEqualTo(new Verdict.Gap(2));
    assertThat(state.document()).isEqualTo(unchanged);

    assertThat(submit(aSecondLater("c", 3, 2, INC), aSecondLater("c", 4, 3, INC)))
        .containsExactly(new Verdict.Accepted(3, false), new Verdict.Accepted(4, false));
  }

  private static Proposal aSecondLater(String client, long seq, long after, String ops) {
    Proposal proposal = proposal(client, seq, after, ops);
    return Proposal.of(
        client, seq, after, proposal.ifVersion(), ALICE, proposal.at() + 1000, proposal.patch());
  }

  @Test
  void asksAForgottenClientToBeginAnew() {
    given(kind("\"limits\":{\"commandsPerSecond\":100000},\"access\":" + ANYONE));
    submit(proposal("keeper", 1, 0, CREATE));
    for (int i = 0; i < Clients.MOST; i++) {
      submit(proposal("c" + i, 1, 0, INC));
    }
    restart();

    assertThat(state.clients().size()).isEqualTo(Clients.MOST);
    assertThat(refusal(proposal("keeper", 2, 1, INC))).isEqualTo(ErrorCode.EXPIRED_CLIENT);
    assertThat(submit(proposal("fresh", 1, 0, INC)).get(0)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void commandsWithoutANumberAreNeverTakenForRepeats() {
    submit(
        proposal("http", 0, 0, CREATE), proposal("http", 0, 0, INC), proposal("http", 0, 0, INC));

    assertThat(state.document()).isEqualTo(json("{\"n\":2}"));
    assertThat(state.clients().size()).isZero();
  }
}
