package io.holdfast.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.holdfast.document.Json;
import io.holdfast.entity.Notice;
import io.holdfast.entity.StoredHistory;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that does not know whether it hears of everything shows nobody what may be old. */
final class UnsureReplicaTest {
  private static final ActorTestKit KIT = ActorTestKit.create("unsure");

  private final Stage stage = new Stage(KIT);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void attach() {
    stage.attach(3, "{\"n\":3}");
    await().until(() -> stage.read(0).isDone());
  }

  private static Json document(CompletableFuture<Published> read) {
    return read.orTimeout(10, TimeUnit.SECONDS).join().document();
  }

  @Test
  void plainReadsAndOpensWait() {
    stage.reaches(1);

    CompletableFuture<Published> read = stage.read(0);
    Observation opened = stage.observe();
    stage.letItThink();

    assertThat(read).isNotDone();
    assertThat(opened.latest()).isEmpty();
  }

  @Test
  void whoSaysWhichVersionWillDoIsServed() {
    stage.reaches(1);

    assertThat(stage.read(3)).succeedsWithin(java.time.Duration.ofSeconds(10));
  }

  @Test
  void anAnswerThatComesWhileItIsOutnumberedDoesNotCount() {
    stage.reaches(1);
    CompletableFuture<Published> read = stage.read(0);
    stage.renew(3);
    stage.letItThink();
    stage.reaches(3);
    stage.letItThink();

    assertThat(read).isNotDone();
  }

  @Test
  void onceTheEntityHasAnsweredAnewAllAreServed() {
    stage.reaches(1);
    CompletableFuture<Published> read = stage.read(0);
    Observation opened = stage.observe();
    stage.reaches(3);
    stage.letItThink();

    stage.attach(4, "{\"n\":4}");

    assertThat(document(read)).isEqualTo(Stage.json("{\"n\":4}"));
    await().until(() -> opened.latest().isPresent());
  }

  @Test
  void whoeverOpensHearsInTheEndThatItIsUnavailable() {
    stage.reaches(1);

    Observation opened = stage.observe();

    await().until(() -> opened.withheld().isPresent());
    assertThat(opened.withheld()).get().extracting(Refusal::code).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void whoeverHasTheDocumentHearsOfChangesAllTheSame() {
    Observation observation = stage.observe();
    await().until(() -> observation.latest().isPresent());
    stage.reaches(1);

    StoredHistory history = new StoredHistory(Stage.NOTE, 7, 4);
    stage.tell(Notice.Committed.elsewhere(7, List.of(history.change(4))));

    await().until(() -> observation.latest().orElseThrow().at().version() == 4);
  }
}
