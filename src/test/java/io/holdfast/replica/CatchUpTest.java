package io.holdfast.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import io.holdfast.entity.Notice;
import io.holdfast.entity.StateEntity;
import io.holdfast.entity.StoredHistory;
import io.holdfast.journal.StoredEvent;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A replica that missed changes, and a client that comes back after many: both get them from the journal where that is cheaper. */
final class CatchUpTest {
  private static final ActorTestKit KIT = ActorTestKit.create("catch-up");
  private static final String PAD = "x".repeat(300);

  private final StoredHistory history = new StoredHistory(Stage.NOTE, 7, 20);
  private volatile boolean damaged;
  private volatile @Nullable CompletableFuture<List<StoredEvent>> answers;
  private final Stage stage = new Stage(KIT, this::journal);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private CompletionStage<List<StoredEvent>> journal(
      EntityId entity, long from, long to, long mostBytes) {
    CompletableFuture<List<StoredEvent>> later = answers;
    if (later != null) {
      return later;
    }
    List<StoredEvent> stored = history.stored(from, to);
    if (damaged) {
      stored.get(1).payload()[120] ^= 1;
    }
    long bytes = stored.stream().mapToLong(event -> event.payload().length).sum();
    return CompletableFuture.completedFuture(bytes > mostBytes ? List.of() : stored);
  }

  private static String document(long n, int pads) {
    return "{\"n\":" + n + ",\"pad\":\"" + PAD.repeat(pads) + "\"}";
  }

  /** One that has version 3 of a document that long. */
  private Observation at3(int pads) {
    stage.attach(3, document(3, pads));
    Observation observation = stage.observe();
    await().until(() -> observation.latest().isPresent());
    return observation;
  }

  private void behind(long version) {
    stage.tell(
        new Notice.Behind(stage.entity.ref(), new Position(7, version), history.hash(version)));
  }

  private StateEntity.Attach askedFrom(long version) {
    return asked(attach -> attach.known().version() == version);
  }

  /** The next question of that sort. */
  private StateEntity.Attach asked(Predicate<StateEntity.Attach> sort) {
    return (StateEntity.Attach) stage
        .entity
        .fishForMessage(
            Duration.ofSeconds(10),
            message -> sort.test((StateEntity.Attach) message)
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore())
        .get(0);
  }

  private static long version(Observation observation) {
    return observation.latest().map(Published::at).orElse(Position.NONE).version();
  }

  @Test
  void aReplicaReadsWhatItMissedAndShowsItAsChanges() {
    Observation observation = at3(20);
    Published before = observation.latest().orElseThrow();

    behind(9);

    await().until(() -> version(observation) == 9);
    Published after = observation.latest().orElseThrow();
    assertThat(after.document()).isEqualTo(Stage.json(document(9, 20)));
    assertThat(after.since(before).json()).contains("\"from\":3", "\"t\":\"changed\"");
    assertThat(askedFrom(9).catchesUp()).isTrue();
  }

  @Test
  void aSmallDocumentIsAskedForAsAWhole() {
    stage.attach(3, "{\"n\":3}");
    stage.observe();

    assertThat(askedFrom(3).catchesUp()).isFalse();
  }

  @Test
  void whatDoesNotReadBackIsNotTakenAndTheWholeDocumentIsAskedFor() {
    Observation observation = at3(20);
    askedFrom(3);
    damaged = true;

    behind(9);

    assertAsksForTheWhole(observation);
  }

  private void assertAsksForTheWhole(Observation observation) {
    StateEntity.Attach asked = asked(attach -> !attach.catchesUp());
    assertThat(asked.known().version()).isEqualTo(3);
    assertThat(version(observation)).isEqualTo(3);
  }

  @Test
  void anotherHistoryThanTheEntitysIsNotTaken() {
    Observation observation = at3(20);
    askedFrom(3);
    stage.tell(new Notice.Behind(stage.entity.ref(), new Position(7, 9), history.hash(8)));

    assertAsksForTheWhole(observation);
  }

  @Test
  void aReadIsNotAnsweredFromACopyThatIsKnownToBeBehind() {
    at3(20);
    stage.reaches(1);
    stage.reaches(3);
    stage.letItThink();
    answers = new CompletableFuture<>();
    behind(9);
    stage.letItThink();

    CompletableFuture<Published> read = stage.read(0);
    stage.letItThink();
    assertThat(read).isNotDone();
    answers.complete(history.stored(4, 9));
    await().until(() -> {
      stage.renew(9);
      return read.isDone();
    });

    assertThat(read.join().at().version()).isEqualTo(9);
  }

  @Test
  void changesThatComeMeanwhileAreAskedForOnceMore() {
    Observation observation = at3(20);
    behind(9);
    stage.tell(Notice.Committed.elsewhere(7, List.of(history.change(11))));

    await().until(() -> version(observation) == 9);
    askedFrom(9);
    stage.tell(Notice.Committed.elsewhere(7, List.of(history.change(10), history.change(11))));

    await().until(() -> version(observation) == 11);
  }

  @Test
  void aClientThatComesBackAfterManyGetsThemWhereTheyAreShorterThanTheDocument() {
    stage.attach(20, document(20, 30));
    await().until(() -> stage.read(20).isDone());

    Observation back = stage.observe(Optional.of(new Position(7, 12)));

    await().until(() -> back.latest().isPresent());
    Published latest = back.latest().orElseThrow();
    assertThat(latest.reaches(new Position(7, 12))).isTrue();
    assertThat(latest.since(12).json())
        .contains("\"from\":12", "\"version\":20", "\"t\":\"changed\"");
  }

  @Test
  void aClientOfAnotherHistoryOrOfLongAgoGetsTheDocument() {
    stage.attach(20, document(20, 1));
    await().until(() -> stage.read(20).isDone());

    Observation other = stage.observe(Optional.of(new Position(6, 12)));
    Observation old = stage.observe(Optional.of(new Position(7, 1)));

    await().until(() -> other.latest().isPresent() && old.latest().isPresent());
    assertThat(other.latest().orElseThrow().reaches(new Position(6, 12))).isFalse();
    assertThat(old.latest().orElseThrow().reaches(new Position(7, 1))).isFalse();
  }
}
