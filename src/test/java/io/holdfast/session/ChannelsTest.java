package io.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.holdfast.auth.Principal;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.entity.Verdict;
import io.holdfast.protocol.ClientFrame;
import io.holdfast.protocol.EntityId;
import io.holdfast.replica.Observation;
import io.holdfast.replica.Played;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Replicas;
import io.holdfast.replica.Settled;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsTest {
  private static final int ROUNDS = 1000;
  private static final int VERSIONS = 40;
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final EntityId NOTE = new EntityId("note", "a");
  private static final EntityId SECRET = new EntityId("secret", "a");

  @TempDir
  Path directory;

  private final TestProbe<Replicas.Command> replicas = KIT.createTestProbe();
  private final FakePort port = new FakePort();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private Channels channels() throws Exception {
    Node node = TestNode.of(directory, replicas.getRef());
    Identity identity = new Identity(node, port.waker());
    Principal ada = new Principal("ada", Set.of(), Optional.empty(), Optional.empty());
    identity.become(ada, () -> {}, () -> {});
    return new Channels(node, port, "s", identity, () -> "c");
  }

  private static ClientFrame.Mutate mutate(long seq) throws Exception {
    return mutate(NOTE, seq);
  }

  private static ClientFrame.Mutate mutate(EntityId entity, long seq) throws Exception {
    return new ClientFrame.Mutate(
        entity, seq, seq - 1, JsonReader.read("[]"), OptionalLong.empty());
  }

  private Observation observed() {
    Replicas.To to = replicas.expectMessageClass(Replicas.To.class);
    return ((Replica.Observe) to.message()).observation();
  }

  @Test
  void anEntityForgottenLateDoesNotTakeItsSuccessorAlong() throws Exception {
    Channels channels = channels();
    channels.mutate(mutate(1));
    Observation first = observed();
    first.settle(new Settled(1, new Verdict.Accepted(1, false)));
    channels.woken(first);
    channels.produce();
    channels.woken(first);
    channels.mutate(mutate(2));

    while (channels.produce()) {
      // Everything that waits is said.
    }
    replicas.expectMessageClass(Replicas.To.class);
    Observation second = observed();
    second.settle(new Settled(2, new Verdict.Accepted(2, false)));
    channels.woken(second);
    channels.produce();

    assertThat(port.sent()).hasSize(2).allMatch(frame -> frame.contains("\"accepted\""));
  }

  /** What is published between the look at the rights and the sending was once sent unlooked at. */
  @Test
  void whatMayNotBeReadIsNotSentHoweverItComesInBetween() throws Exception {
    Channels channels = channels();
    Json mine = mine();
    var hidden = JsonReader.read("{\"members\":{},\"text\":\"hidden\"}");
    ExecutorService replica = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        channels.open(new ClientFrame.Open(SECRET, Optional.empty(), false));
        Observation observation = observed();
        CyclicBarrier together = new CyclicBarrier(2);
        Future<?> published = replica.submit(() -> {
          together.await();
          for (long version = 1; version < VERSIONS; version += 2) {
            Played.publish(observation, version, mine);
            Played.publish(observation, version + 1, hidden);
          }
          return null;
        });
        together.await();
        do {
          channels.woken(observation);
          channels.produce();
        } while (!published.isDone() || channels.produce());
        channels.woken(observation);
        channels.produce();
        replicas.expectMessageClass(Replicas.To.class);
      }
    } finally {
      replica.shutdownNow();
    }

    assertThat(port.sent()).noneMatch(frame -> frame.contains("hidden"));
  }

  private Replica.Propose proposed(TestProbe<Replica.Command> replica) {
    return replica.expectMessageClass(Replica.Propose.class);
  }

  private void attach(Channels channels, Observation observation, TestProbe<Replica.Command> to) {
    Played.attach(observation, to.ref());
    channels.woken(observation);
    channels.produce();
  }

  @Test
  void commandsAReplicaTookToItsGraveGoToItsSuccessorInOrder() throws Exception {
    Channels channels = channels();
    channels.mutate(mutate(1));
    Observation first = observed();
    channels.mutate(mutate(2));
    TestProbe<Replica.Command> dying = KIT.createTestProbe();
    attach(channels, first, dying);
    proposed(dying).pending().settle().accept(new Verdict.Accepted(1, false));
    Replica.Propose unheard = proposed(dying);
    channels.mutate(mutate(3));

    Played.lose(first);
    channels.woken(first);
    channels.produce();
    Observation second = observed();
    unheard.pending().settle().accept(new Verdict.Accepted(2, false));
    channels.woken(first);
    TestProbe<Replica.Command> next = KIT.createTestProbe();
    attach(channels, second, next);
    for (long seq = 2; seq <= 3; seq++) {
      Replica.Propose again = proposed(next);
      assertThat(again.pending().proposal().seq()).isEqualTo(seq);
      again.pending().settle().accept(new Verdict.Accepted(seq, seq == 2));
    }
    channels.woken(second);
    channels.produce();

    assertThat(port.sent()).hasSize(3).allMatch(frame -> frame.contains("\"accepted\""));
    assertThat(channels.areSettled()).isTrue();
  }

  @Test
  void whoIsThereIsToldAfterWhatIsThereWhicheverIsKnownFirst() throws Exception {
    Channels channels = channels();
    channels.open(new ClientFrame.Open(NOTE, Optional.empty(), true));
    Observation observation = observed();

    Played.present(observation, 2);
    channels.woken(observation);
    channels.produce();
    assertThat(port.sent()).isEmpty();
    Played.publishNothing(observation);
    channels.woken(observation);
    channels.produce();

    assertThat(port.sent()).hasSize(2);
    assertThat(port.sent().get(0)).contains("\"t\":\"state\"");
    assertThat(port.sent().get(1)).contains("\"t\":\"presence\"");
  }

  private static Json mine() throws Exception {
    return JsonReader.read("{\"members\":{\"ada\":true}}");
  }

  /** A document that is open at version 1, with a command that was accepted as version 2, which is not shown yet. */
  private Observation acceptedUnseen(Channels channels) throws Exception {
    channels.open(new ClientFrame.Open(SECRET, Optional.empty(), false));
    Observation observation = observed();
    Played.publish(observation, 1, mine());
    hear(channels, observation);
    channels.mutate(mutate(SECRET, 1));
    observation.settle(new Settled(1, new Verdict.Accepted(2, false)));
    hear(channels, observation);
    return observation;
  }

  private static void hear(Channels channels, Observation observation) {
    channels.woken(observation);
    channels.produce();
  }

  @Test
  void whoLosesTheRightToReadByAnOwnCommandIsToldThatItWasAccepted() throws Exception {
    Channels channels = channels();
    Observation observation = acceptedUnseen(channels);

    Played.publish(observation, 2, JsonReader.read("{\"members\":{}}"));
    hear(channels, observation);

    assertThat(port.sent()).hasSize(3);
    assertThat(port.sent().get(1)).contains("\"accepted\"", "\"seq\":1", "\"version\":2");
    assertThat(port.sent().get(2)).contains("\"closed\"", "\"forbidden\"");
  }

  @Test
  void whoClosesBeforeAnAcceptedCommandWasShownIsToldThatItWas() throws Exception {
    Channels channels = channels();
    Observation observation = acceptedUnseen(channels);

    channels.close(new ClientFrame.Close(SECRET));
    Played.publish(observation, 2, mine());
    hear(channels, observation);

    assertThat(port.sent()).hasSize(2);
    assertThat(port.sent().get(1)).contains("\"accepted\"", "\"seq\":1", "\"version\":2");
  }

  @Test
  void aCommandIsNotSettledBeforeItsAuthorWasTold() throws Exception {
    Channels channels = channels();
    Observation observation = acceptedUnseen(channels);

    assertThat(channels.areSettled()).isFalse();
    Played.publish(observation, 2, mine());
    hear(channels, observation);

    assertThat(channels.areSettled()).isTrue();
    assertThat(port.sent()).hasSize(3);
    assertThat(port.sent().get(1)).contains("\"accepted\"");
  }
}
