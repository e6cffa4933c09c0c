package io.holdfast.entity;

import static io.holdfast.entity.Given.json;
import static io.holdfast.entity.Given.openKind;
import static io.holdfast.entity.Given.proposal;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.ServerFrames.Present;
import io.holdfast.telemetry.Meters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateEntityTest {
  private static final Config CONFIG = ConfigFactory.parseString(
          "akka.actor.serializers.holdfast = \"io.holdfast.entity.HoldfastSerializer\"\n"
              + "akka.actor.serialization-bindings.\"io.holdfast.entity.Persistent\" = holdfast")
      .withFallback(PersistenceTestKitPlugin.getInstance().config())
      .withFallback(PersistenceTestKitSnapshotPlugin.config())
      .withFallback(ConfigFactory.defaultReference());
  private static final ActorTestKit KIT = ActorTestKit.create("entity", CONFIG);
  private static final PersistenceTestKit STORE = PersistenceTestKit.create(KIT.system());
  private static final EntityId ENTITY = new EntityId("note", "a");
  private static final String CREATE = "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"n\":0}}]";
  private static final String INC = "[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]";

  private final TestCustody custody = new TestCustody();
  private final TestProbe<Notice> replica = KIT.createTestProbe();
  private final TestProbe<Notice> other = KIT.createTestProbe();

  @BeforeEach
  void clear() {
    STORE.clearAll();
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static final Present ANN = new Present("s-1", "c", "ann", json("{\"at\":1}"));

  private ActorRef<StateEntity.Command> entity() {
    EntitySettings settings = new EntitySettings(
        Duration.ofSeconds(15),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        0,
        Duration.ofSeconds(10),
        10_000,
        65536);
    return KIT.spawn(
        StateEntity.create(ENTITY, openKind(), settings, new EntityMeters(new Meters()), custody));
  }

  private Notice.Decided submit(ActorRef<StateEntity.Command> entity, Proposal... proposals) {
    entity.tell(new StateEntity.Submit(1, List.of(proposals), replica.getRef()));
    return replica.expectMessageClass(Notice.Decided.class);
  }

  @Test
  void journalsABatchAndTellsItsReplicaOnce() {
    Notice.Decided decided =
        submit(entity(), proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC));

    assertThat(decided.verdicts()).hasSize(2);
    assertThat(decided.committed()).hasSize(1);
    assertThat(decided.committed().get(0).changes())
        .extracting(Change::version)
        .containsExactly(1L, 2L);
    assertThat(STORE.persistedInStorage("note/a")).hasSize(2);
    replica.expectNoMessage();
  }

  @Test
  void tellsEveryOtherReplicaOfTheChanges() {
    ActorRef<StateEntity.Command> entity = entity();
    entity.tell(new StateEntity.Attach(other.getRef(), Position.NONE));
    other.expectMessageClass(Notice.Attached.class);
    other.expectMessageClass(Notice.Introduce.class);

    submit(entity, proposal("c", 1, 0, CREATE));

    assertThat(other.expectMessageClass(Notice.Committed.class).from()).isZero();
  }

  @Test
  void aDetachedReplicaHearsNoMore() {
    ActorRef<StateEntity.Command> entity = entity();
    entity.tell(new StateEntity.Attach(other.getRef(), Position.NONE));
    other.expectMessageClass(Notice.Attached.class);
    other.expectMessageClass(Notice.Introduce.class);
    entity.tell(new StateEntity.Detach(other.getRef()));

    submit(entity, proposal("c", 1, 0, CREATE));

    other.expectNoMessage();
  }

  @Test
  void recoversWhatWasAcceptedAndAnswersRepeats() {
    ActorRef<StateEntity.Command> first = entity();
    submit(first, proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC));
    KIT.stop(first);

    ActorRef<StateEntity.Command> second = entity();
    Notice.Decided decided = submit(second, proposal("c", 2, 1, INC), proposal("c", 3, 2, INC));

    assertThat(decided.verdicts())
        .containsExactly(new Verdict.Accepted(2, true), new Verdict.Accepted(3, false));
    assertThat(decided.committed().get(0).document()).isEqualTo(json("{\"n\":2}"));
  }

  @Test
  void renewsAReplicaThatHasEverything() {
    ActorRef<StateEntity.Command> entity = entity();
    long epoch = submit(entity, proposal("c", 1, 0, CREATE)).committed().get(0).epoch();

    entity.tell(new StateEntity.Attach(replica.getRef(), new Position(epoch, 1)));

    replica.expectMessage(new Notice.Renewed(entity, new Position(epoch, 1)));
  }

  @Test
  void bringsAReplicaThatMissedChangesOnlyThose() {
    ActorRef<StateEntity.Command> entity = entity();
    long epoch = submit(entity, proposal("c", 1, 0, CREATE)).committed().get(0).epoch();
    submit(entity, proposal("c", 2, 1, INC), proposal("c", 3, 2, INC));

    entity.tell(new StateEntity.Attach(other.getRef(), new Position(epoch, 1)));

    Notice.Committed missed = other.expectMessageClass(Notice.Committed.class);
    other.expectMessage(new Notice.Renewed(entity, new Position(epoch, 1)));
    assertThat(missed.from()).isEqualTo(1);
    assertThat(missed.changes()).extracting(Change::version).containsExactly(2L, 3L);
  }

  @Test
  void whatItNoLongerRemembersItSaysIsInTheJournalOrSendsWhole() {
    ActorRef<StateEntity.Command> first = entity();
    Position one = new Position(
        submit(first, proposal("c", 1, 0, CREATE)).committed().get(0).epoch(), 1);
    submit(first, proposal("c", 2, 1, INC), proposal("c", 3, 2, INC));
    State head = custody.heads().get(1);
    KIT.stop(first);
    ActorRef<StateEntity.Command> second = entity();

    second.tell(new StateEntity.Attach(other.getRef(), one, true));
    other.expectMessage(
        new Notice.Behind(second, new Position(one.epoch(), 3), head.chain().head()));
    other.expectMessageClass(Notice.Introduce.class);

    second.tell(new StateEntity.Attach(other.getRef(), one));
    assertThat(other.expectMessageClass(Notice.Attached.class).at().version()).isEqualTo(3);
  }

  @Test
  void bringsAReplicaOfAnotherHistoryTheWholeDocument() {
    ActorRef<StateEntity.Command> entity = entity();
    submit(entity, proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC));

    entity.tell(new StateEntity.Attach(other.getRef(), new Position(4711, 1)));

    assertThat(other.expectMessageClass(Notice.Attached.class).document())
        .isEqualTo(json("{\"n\":1}"));
  }

  @Test
  void tellsReplicasWhoIsPresentAtTheOthersUntilTheyAreGone() {
    ActorRef<StateEntity.Command> entity = entity();
    entity.tell(new StateEntity.Attach(replica.getRef(), Position.NONE));
    entity.tell(new StateEntity.Present(replica.getRef(), false, List.of(ANN), List.of()));
    entity.tell(new StateEntity.Attach(other.getRef(), Position.NONE));
    other.expectMessageClass(Notice.Attached.class);
    other.expectMessageClass(Notice.Introduce.class);

    assertThat(other.expectMessageClass(Notice.Presence.class).put()).containsExactly(ANN);

    entity.tell(new StateEntity.Detach(replica.getRef()));
    Notice.Presence gone = other.expectMessageClass(Notice.Presence.class);
    assertThat(gone.all()).isTrue();
    assertThat(gone.put()).isEmpty();
  }

  @Test
  void answersNothingForAFailedWriteAndKeepsNothingOfIt() {
    ActorRef<StateEntity.Command> entity = entity();
    submit(entity, proposal("c", 1, 0, CREATE));
    STORE.failNextPersisted("note/a");

    entity.tell(new StateEntity.Submit(2, List.of(proposal("c", 2, 1, INC)), replica.getRef()));
    Notice.Decided again = resent(entity);

    assertThat(again.verdicts()).containsExactly(new Verdict.Accepted(2, false));
    assertThat(again.committed().get(0).document()).isEqualTo(json("{\"n\":1}"));
    assertThat(STORE.persistedInStorage("note/a")).hasSize(2);
  }

  /** A sender without an answer sends the same again; the entity has restarted by then. */
  private Notice.Decided resent(ActorRef<StateEntity.Command> entity) {
    entity.tell(new StateEntity.Submit(3, List.of(proposal("c", 2, 1, INC)), replica.getRef()));
    return replica.expectMessageClass(Notice.Decided.class);
  }

  @Test
  void tellsItsCustodyTheHeadOfEveryCommit() {
    submit(entity(), proposal("c", 1, 0, CREATE), proposal("c", 2, 1, INC));

    assertThat(custody.heads()).extracting(State::version).containsExactly(2L);
  }

  @Test
  void anEntityBehindItsAnchorIsDamagedAndEnds() {
    ActorRef<StateEntity.Command> first = entity();
    State head = committed(first);
    KIT.stop(first);
    custody.anchor(head.version() + 1, head.chain().head());

    assertEndsDamaged("journal ends at 1 (expected: ≥ 2");
  }

  @Test
  void anEntityWithAnotherHashThanItsAnchorIsDamagedAndEnds() {
    ActorRef<StateEntity.Command> first = entity();
    State head = committed(first);
    KIT.stop(first);
    custody.anchor(head.version(), Hash.seed(ENTITY));

    assertEndsDamaged("as its anchor says");
  }

  @Test
  void anAnchorThatIsBehindMeansNothing() {
    ActorRef<StateEntity.Command> first = entity();
    State head = committed(first);
    custody.anchor(head.version(), head.chain().head());
    submit(first, proposal("c", 2, 1, INC));
    KIT.stop(first);

    assertThat(submit(entity(), proposal("c", 3, 2, INC)).verdicts())
        .containsExactly(new Verdict.Accepted(3, false));
  }

  @Test
  void anAnchorThatLagsIsMovedByTheRecovery() {
    ActorRef<StateEntity.Command> first = entity();
    committed(first);
    KIT.stop(first);
    custody.forget();

    submit(entity(), proposal("c", 1, 0, CREATE));

    assertThat(custody.heads()).extracting(State::version).containsExactly(1L);
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNoDamage() {
    ActorRef<StateEntity.Command> first = entity();
    committed(first);
    KIT.stop(first);
    STORE.failNextRead("note/a");

    assertThat(submit(entity(), proposal("c", 2, 1, INC)).verdicts())
        .containsExactly(new Verdict.Accepted(2, false));
    assertThat(custody.quarantined(ENTITY)).isEmpty();
  }

  private State committed(ActorRef<StateEntity.Command> entity) {
    submit(entity, proposal("c", 1, 0, CREATE));
    return custody.heads().get(0);
  }

  /** Of what waits for it nothing is answered. */
  private void assertEndsDamaged(String reason) {
    ActorRef<StateEntity.Command> entity = entity();
    entity.tell(new StateEntity.Submit(9, List.of(proposal("c", 2, 1, INC)), replica.getRef()));
    replica.expectTerminated(entity);
    replica.expectNoMessage(Duration.ZERO);
    assertThat(custody.quarantined(ENTITY)).get().asString().contains(reason);
    assertThat(custody.passivated()).contains(entity);
    assertThat(STORE.persistedInStorage("note/a")).hasSize(1);
  }

  @Test
  void everyCommandHasAHandler() {
    assertThat(StateEntity.Command.class.getPermittedSubclasses()).hasSize(8);
  }
}
