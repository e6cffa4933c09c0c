package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.PoisonPill;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.auth.Principal;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.Patch;
import io.holdfast.entity.Notice;
import io.holdfast.entity.Proposal;
import io.holdfast.entity.StateEntity;
import io.holdfast.entity.Verdict;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One sharded entity as a test's replica sees it: a counter that is written, stopped, and asked again. */
final class Entity {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Principal ALICE =
      new Principal("alice", Set.of(), Optional.empty(), Optional.empty());
  private static final long APART_MS = 20_000;

  /** What was asked while it failed to recover is gone with it; a new question finds it. */
  private static final Duration ASK_AGAIN = Duration.ofMillis(250);

  private final ActorSystem<?> system;
  private final EntityId id;
  private final TestProbe<Notice> replica;
  private long seq;

  Entity(ActorSystem<?> system, EntityId id) {
    this.system = system;
    this.id = id;
    this.replica = TestProbe.create(Notice.class, system);
  }

  String name() {
    return id.toString();
  }

  private void tell(StateEntity.Command command) {
    ClusterSharding.get(system).entityRefFor(StateEntity.KEY, name()).tell(command);
  }

  /** Counts up that often, one event each; the first one creates it. */
  Entity count(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(submit().verdicts()).hasOnlyElementsOfType(Verdict.Accepted.class);
    }
    return this;
  }

  private Notice.Decided submit() {
    seq++;
    String ops = seq == 1
        ? "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"n\":1}}]"
        : "[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]";
    Proposal proposal =
        Proposal.of("c", seq, seq - 1, OptionalLong.empty(), ALICE, seq * APART_MS, patch(ops));
    tell(new StateEntity.Submit(seq, List.of(proposal), replica.getRef()));
    return (Notice.Decided) replica
        .fishForMessage(
            PATIENCE,
            notice -> notice instanceof Notice.Decided
                ? akka.actor.testkit.typed.javadsl.FishingOutcomes.complete()
                : akka.actor.testkit.typed.javadsl.FishingOutcomes.continueAndIgnore())
        .get(0);
  }

  private static Patch patch(String ops) {
    try {
      return Patch.parse(JsonReader.read(ops));
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  /** Has it recover, and does not wait. */
  void callUp() {
    tell(new StateEntity.Attach(replica.getRef(), Position.NONE));
  }

  void assertServesNothingYet() {
    assertThat(replica.receiveMessage(PATIENCE))
        .isInstanceOfSatisfying(
            Notice.Attached.class,
            attached -> assertThat(attached.at().version()).isZero());
  }

  /** Ends the actor, as passivation does; whoever asks next makes it recover. */
  void stop() {
    Notice.Attached attached = (Notice.Attached) ask();
    ActorRef<StateEntity.Command> actor = attached.entity();
    Adapter.toClassic(actor).tell(PoisonPill.getInstance(), akka.actor.ActorRef.noSender());
    replica.expectTerminated(actor, PATIENCE);
  }

  /** What a replica without anything hears: {@code Attached} or {@code Quarantined}. */
  Notice ask() {
    return await().atMost(PATIENCE).until(this::tryToAsk, Optional::isPresent).orElseThrow();
  }

  private Optional<Notice> tryToAsk() {
    TestProbe<Notice> fresh = TestProbe.create(Notice.class, system);
    ClusterSharding.get(system)
        .entityRefFor(StateEntity.KEY, name())
        .tell(new StateEntity.Attach(fresh.getRef(), Position.NONE));
    try {
      return Optional.of(fresh.receiveMessage(ASK_AGAIN));
    } catch (AssertionError silence) {
      return Optional.empty();
    }
  }

  boolean isQuarantined() {
    return ask() instanceof Notice.Quarantined;
  }

  void assertServes(long n) {
    assertThat(ask()).isInstanceOfSatisfying(Notice.Attached.class, attached -> {
      assertThat(attached.at().version()).isEqualTo(n);
      assertThat(attached.document()).isEqualTo(document(n));
    });
  }

  private static Json document(long n) {
    try {
      return JsonReader.read("{\"n\":" + n + "}");
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }
}
