package io.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import io.holdfast.auth.AuthSettings;
import io.holdfast.document.JsonReader;
import io.holdfast.document.Limits;
import io.holdfast.entity.Catalog;
import io.holdfast.entity.Verdict;
import io.holdfast.kind.Kinds;
import io.holdfast.protocol.ClientFrame;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.FrameReader;
import io.holdfast.replica.Observation;
import io.holdfast.replica.Played;
import io.holdfast.replica.Replica;
import io.holdfast.replica.Replicas;
import io.holdfast.replica.Settled;
import io.holdfast.telemetry.Meters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsTest {
  private static final int ROUNDS = 3000;
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final EntityId NOTE = new EntityId("note", "a");

  @TempDir
  Path directory;

  private final TestProbe<Replicas.Command> replicas = KIT.createTestProbe();
  private final FakePort port = new FakePort();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** A socket that takes everything. */
  private static final class FakePort implements Port {
    private final List<String> sent = new ArrayList<>();

    @Override
    public void send(Frame frame) {
      sent.add(frame.json());
    }

    @Override
    public void wantsToProduce() {}

    @Override
    public void finish() {}

    @Override
    public void suspend() {}

    @Override
    public void resume() {}

    @Override
    public <T> void await(CompletionStage<T> work, Consumer<T> then, Consumer<Throwable> failed) {}

    @Override
    public Consumer<Observation> waker() {
      return observation -> {};
    }

    @Override
    public void expireAfter(Duration time) {}
  }

  private Channels channels() throws Exception {
    Files.writeString(
        directory.resolve("secret.json"),
        "{\"kind\":\"secret\",\"access\":{\"read\":[\"state:/members/{sub}\"]}}");
    Files.writeString(
        directory.resolve("note.json"),
        "{\"kind\":\"note\",\"access\":{\"read\":[\"anyone\"],\"write\":[\"anyone\"],\"create\":[\"anyone\"]}}");
    Node node = new Node(
        "node",
        SessionSettings.from(ConfigFactory.defaultReference()),
        Catalog.of(Kinds.load(directory)),
        replicas.getRef(),
        AuthSettings.dev().verifier(Clock.systemUTC()),
        new FrameReader(Limits.DEFAULT),
        new Rates(100),
        new Sessions(),
        new Meters(),
        Clock.systemUTC());
    return new Channels(node, port, "s", new Identity(node, port.waker()), () -> "c");
  }

  private static ClientFrame.Mutate mutate(long seq) throws Exception {
    return new ClientFrame.Mutate(NOTE, seq, seq - 1, JsonReader.read("[]"), OptionalLong.empty());
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

    assertThat(port.sent).hasSize(2).allMatch(frame -> frame.contains("\"accepted\""));
  }

  /** What is published between the look at the rights and the sending was once sent unlooked at. */
  @Test
  void whatMayNotBeReadIsNotSentHoweverItComesInBetween() throws Exception {
    Channels channels = channels();
    EntityId secret = new EntityId("secret", "a");
    var mine = JsonReader.read("{\"members\":{\"anonymous\":true}}");
    var hidden = JsonReader.read("{\"members\":{},\"text\":\"hidden\"}");
    ExecutorService replica = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        channels.open(new ClientFrame.Open(secret, Optional.empty(), false));
        Observation observation = observed();
        CyclicBarrier together = new CyclicBarrier(2);
        Future<?> published = replica.submit(() -> {
          together.await();
          Played.publish(observation, 1, mine);
          Played.publish(observation, 2, hidden);
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

    assertThat(port.sent).noneMatch(frame -> frame.contains("hidden"));
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

    assertThat(port.sent).hasSize(3).allMatch(frame -> frame.contains("\"accepted\""));
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
    assertThat(port.sent).isEmpty();
    Played.publishNothing(observation);
    channels.woken(observation);
    channels.produce();

    assertThat(port.sent).hasSize(2);
    assertThat(port.sent.get(0)).contains("\"t\":\"state\"");
    assertThat(port.sent.get(1)).contains("\"t\":\"presence\"");
  }
}
