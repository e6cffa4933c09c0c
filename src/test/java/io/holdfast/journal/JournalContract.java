package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What writing to the journal must do, whichever database it is in. */
abstract class JournalContract extends JournalBench {
  @Test
  void keepsEventsInOrderWithEveryByte() throws Exception {
    write(row("note/a", 1, "one\0ü"), row("note/a", 2, ""));
    write(row("note/a", 3, "three"));

    assertThat(events("note/a"))
        .extracting(StoredEvent::sequenceNumber)
        .containsExactly(1L, 2L, 3L);
    assertThat(events("note/a").get(0).payload())
        .isEqualTo("one\0ü".getBytes(StandardCharsets.UTF_8));
    assertThat(events("note/a").get(0).manifest()).isEqualTo("hf.event.1");
    assertThat(events("note/b")).isEmpty();
  }

  @Test
  void writesWhatManyEntitiesPersistAtOnce() throws Exception {
    List<CompletableFuture<Void>> writes = IntStream.range(0, 500)
        .mapToObj(i -> writer.write(List.of(row("note/" + i, 1, "x"), row("note/" + i, 2, "y"))))
        .toList();

    CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

    for (int i = 0; i < 500; i += 99) {
      assertThat(events("note/" + i)).hasSize(2);
    }
    assertThat(writer.queued()).isZero();
  }

  @Test
  void anEventNumberIsTakenOnlyOnce() throws Exception {
    write(row("note/a", 1, "first"));

    assertThatThrownBy(() -> write(row("note/a", 1, "second"))).isNotNull();
    assertThat(events("note/a").get(0).payload())
        .isEqualTo("first".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anAtomicWriteIsNeverTorn() throws Exception {
    write(row("note/a", 2, "taken"));

    assertThatThrownBy(() -> write(row("note/a", 1, "x"), row("note/a", 2, "y")))
        .isNotNull();
    assertThat(events("note/a")).hasSize(1);
  }

  @Test
  void oneRefusedWriteFailsAloneAmongManyGoodOnes() {
    String tooLong = "note/" + "x".repeat(300);
    CompletableFuture<Void> poison = writer.write(List.of(row(tooLong, 1, "x")));
    List<CompletableFuture<Void>> good = IntStream.range(0, 200)
        .mapToObj(i -> writer.write(List.of(row("note/" + i, 1, "x"))))
        .toList();

    assertThat(CompletableFuture.allOf(good.toArray(CompletableFuture[]::new)))
        .succeedsWithin(Duration.ofSeconds(30));
    assertThat(poison).failsWithin(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest", "writer", "number"})
  void rowsOfEverySortOfPoisonFailAlone(String poison) {
    String tooLong = "x".repeat(300);
    Row bad = new Row(
        "note/poison",
        1,
        poison.equals("writer") ? tooLong : "w",
        1,
        40001,
        poison.equals("manifest") ? tooLong : "hf.event.1",
        new byte[] {1});
    List<Row> rows = poison.equals("number") ? List.of(bad, bad) : List.of(bad);
    CompletableFuture<Void> first = writer.write(List.of(row("note/before", 1, "x")));
    CompletableFuture<Void> failing = writer.write(rows);
    CompletableFuture<Void> last = writer.write(List.of(row("note/after", 1, "x")));

    assertThat(failing).failsWithin(Duration.ofSeconds(10));
    assertThat(CompletableFuture.allOf(first, last)).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void aTaskTakesItsTurnBehindTheWritesBeforeIt() throws Exception {
    CompletableFuture<Void> write = writer.write(List.of(row("note/a", 1, "x")));
    long before = writer.writtenAt();
    writer.run(connection -> {}).get(10, TimeUnit.SECONDS);

    assertThat(write).succeedsWithin(Duration.ofSeconds(10));
    assertThat(writer.writtenAt() - before).isNotNegative();
    assertThat(writer.run(connection -> {
          throw new java.sql.SQLException("refused");
        }))
        .failsWithin(Duration.ofSeconds(10));
  }

  @Test
  void refusesAtOnceWhatItCannotHold() {
    JournalWriter stuck = new JournalWriter(
        new Inserts(Dialect.H2, () -> {
          throw new java.sql.SQLException("down");
        }),
        1,
        1,
        1,
        Runnable::run);

    CompletableFuture<Void> first = stuck.write(List.of(row("note/a", 1, "x")));
    CompletableFuture<Void> second = stuck.write(List.of(row("note/b", 1, "x")));

    assertThat(second).isCompletedExceptionally();
    assertThat(first).isNotDone();
  }

  @Test
  void thePluginWritesThroughIt() throws Exception {
    TestKit probe = new TestKit(system);
    akka.actor.ActorRef journal =
        akka.persistence.Persistence.get(system).journalFor("jdbc-journal", ConfigFactory.empty());
    PersistentRepr event =
        PersistentRepr.apply("text", 1, "note/p", "", false, akka.actor.ActorRef.noSender(), "w");
    var write = AtomicWrite.apply(event);

    journal.tell(
        new akka.persistence.JournalProtocol.WriteMessages(
            scala.jdk.javaapi.CollectionConverters.asScala(
                    List.<akka.persistence.PersistentEnvelope>of(write))
                .toList(),
            probe.getRef(),
            1),
        probe.getRef());

    probe.expectMsgAnyClassOf(
        Duration.ofSeconds(10), akka.persistence.JournalProtocol.WriteMessagesSuccessful$.class);
    assertThat(events("note/p")).hasSize(1);
  }
}
