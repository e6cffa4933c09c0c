package io.holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.protocol.EntityId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal must do, whichever database it is in. */
abstract class JournalContract {
  private ActorSystem system;
  private JournalWriter writer;
  private Tables tables;

  abstract JdbcSettings settings() throws Exception;

  @BeforeEach
  void open() throws Exception {
    JdbcSettings settings = settings();
    new Migrations(settings, line -> {}).run(Duration.ofMillis(200));
    empty(settings);
    Config config = settings
        .toConfig()
        .withFallback(ConfigFactory.parseString(
            "akka { actor.provider = local, coordinated-shutdown.exit-jvm = off }"))
        .withFallback(ConfigFactory.parseResources("runtime.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
    system = ActorSystem.create("journal", config);
    tables = Tables.of(system);
    writer = new JournalWriter(
        new Inserts(settings.dialect(), tables::open), 2, 50, 1000, Runnable::run);
    writer.start();
  }

  private static void empty(JdbcSettings settings) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM \"event_journal\"");
      statement.execute("DELETE FROM \"snapshot\"");
      statement.execute("DELETE FROM \"head_anchor\"");
    }
  }

  @AfterEach
  void close() {
    writer.stop();
    TestKit.shutdownActorSystem(system);
  }

  private static Row row(String entity, long number, String text) {
    return new Row(
        entity, number, "w", 1, 40001, "hf.event.1", text.getBytes(StandardCharsets.UTF_8));
  }

  private List<StoredEvent> events(String entity) throws Exception {
    return tables.events(entity, 1, Long.MAX_VALUE, 10_000, false);
  }

  private void write(Row... rows) throws Exception {
    writer.write(List.of(rows)).get(10, TimeUnit.SECONDS);
  }

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
  void anchorsOnlyEverMoveForward() throws Exception {
    Heads heads = new Heads(new AnchorTable(tables));
    heads.committed("note/a", 7, new byte[] {7});
    heads.committed("note/a", 6, new byte[] {6});
    heads.committed("note/b", 1, new byte[] {1});
    heads.flush();
    heads.committed("note/a", 5, new byte[] {5});
    heads.committed("note/b", 2, new byte[] {2});
    heads.flush();

    assertThat(anchor("note/a")).isEqualTo(7);
    assertThat(anchor("note/b")).isEqualTo(2);
    assertThat(heads.waiting()).isZero();
  }

  @Test
  void anchorsThatCannotBeWrittenWaitForTheNextRound() throws Exception {
    Heads heads = new Heads(new AnchorTable(tables));
    heads.committed("note/a", 7, new byte[1000]);
    if (settings().dialect() == Dialect.POSTGRESQL) {
      heads.committed("x".repeat(300), 1, new byte[] {1});
    }

    assertThatThrownBy(heads::flush).isInstanceOf(java.sql.SQLException.class);

    assertThat(heads.waiting()).isPositive();
  }

  private long anchor(String entity) throws Exception {
    try (Connection connection = tables.open()) {
      return AnchorTable.find(connection, entity).orElseThrow().sequenceNumber();
    }
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
  void readsBackwardsAndInPages() throws Exception {
    write(row("note/a", 1, "1"), row("note/a", 2, "2"), row("note/a", 3, "3"));
    JournalReader reader = new JournalReader(system);
    EntityId entity = new EntityId("note", "a");

    List<StoredEvent> newest =
        reader.eventsBackwards(entity, 1, 3, 2).toCompletableFuture().get(5, TimeUnit.SECONDS);
    List<StoredEvent> middle =
        reader.events(entity, 2, 2, 10).toCompletableFuture().get(5, TimeUnit.SECONDS);

    assertThat(newest).extracting(StoredEvent::sequenceNumber).containsExactly(3L, 2L);
    assertThat(middle).extracting(StoredEvent::sequenceNumber).containsExactly(2L);
  }

  @Test
  void readsAStretchUnlessItIsTooLongTogether() throws Exception {
    write(row("note/a", 1, "1"), row("note/a", 2, "22"), row("note/a", 3, "333"));
    JournalReader reader = new JournalReader(system);

    assertThat(stretch(reader, 2, 3, 5))
        .extracting(StoredEvent::sequenceNumber)
        .containsExactly(2L, 3L);
    assertThat(stretch(reader, 2, 3, 4)).isEmpty();
    assertThat(stretch(reader, 4, 9, 100)).isEmpty();
  }

  private static List<StoredEvent> stretch(JournalReader reader, long from, long to, long mostBytes)
      throws Exception {
    return reader
        .stretch(new EntityId("note", "a"), from, to, mostBytes)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  @Test
  void keepsTheNewestSnapshotsOnly() throws Exception {
    for (long n = 1; n <= 5; n++) {
      tables.save("note/a", new Tables.Snapshot(n, n, 1, "m", new byte[] {(byte) n}), 3);
    }
    tables.save("note/b", new Tables.Snapshot(9, 9, 1, "m", new byte[] {9}), 3);

    assertThat(snapshots("note/a")).containsExactly(5L, 4L, 3L);
    assertThat(snapshots("note/b")).containsExactly(9L);
  }

  private List<Long> snapshots(String entity) throws Exception {
    List<Long> numbers = new ArrayList<>();
    try (Connection connection = tables.open()) {
      for (var next = newest(connection, entity, Long.MAX_VALUE);
          next.isPresent();
          next = newest(connection, entity, numbers.get(numbers.size() - 1) - 1)) {
        numbers.add(next.get().snapshot().sequenceNumber());
      }
    }
    return numbers;
  }

  private static Optional<Candidate> newest(Connection connection, String entity, long atMost)
      throws Exception {
    return Tables.newestSnapshot(connection, entity, atMost, Long.MAX_VALUE);
  }

  @Test
  void replacesASnapshotOfTheSameVersion() throws Exception {
    tables.save("note/a", new Tables.Snapshot(7, 1, 1, "m", new byte[] {1}), 3);
    tables.save("note/a", new Tables.Snapshot(7, 2, 1, "m", new byte[] {2}), 3);

    try (Connection connection = tables.open()) {
      assertThat(newest(connection, "note/a", 7))
          .get()
          .extracting(found -> found.snapshot().payload())
          .isEqualTo(new byte[] {2});
    }
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
