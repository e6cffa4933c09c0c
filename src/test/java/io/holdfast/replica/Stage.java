package io.holdfast.replica;

import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.holdfast.auth.Access;
import io.holdfast.auth.Principal;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.Patch;
import io.holdfast.entity.EntityKind;
import io.holdfast.entity.Notice;
import io.holdfast.entity.Proposal;
import io.holdfast.entity.StateEntity;
import io.holdfast.entity.Verdict;
import io.holdfast.kind.Kind;
import io.holdfast.kind.KindText;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One replica whose entity is played by the test. */
final class Stage {
  static final EntityId NOTE = new EntityId("note", "a");
  private static final Duration SHORT = Duration.ofMillis(20);

  final TestProbe<StateEntity.Command> entity;
  private final TestProbe<Replicas.Command> parent;
  private final ActorRef<Replica.Command> replica;
  private final Missed.Source journal;
  private final Receipts receipts;
  private final AtomicInteger questions = new AtomicInteger();
  private final Fence fence = new Fence(settings().fence(), System.nanoTime());

  Stage(ActorTestKit kit) {
    this(kit, (id, from, to, bytes) -> CompletableFuture.completedFuture(List.of()));
  }

  Stage(ActorTestKit kit, Missed.Source journal) {
    this(kit, journal, (id, from, to, limit) -> CompletableFuture.completedFuture(List.of()));
  }

  Stage(ActorTestKit kit, Missed.Source journal, Receipts.Source receipts) {
    this.journal = journal;
    this.receipts = new Receipts(receipts);
    entity = kit.createTestProbe(StateEntity.Command.class);
    parent = kit.createTestProbe(Replicas.Command.class);
    replica = kit.spawn(Replica.create(context()));
  }

  /** Quick to lose patience. */
  static ReplicaSettings settings() {
    return new ReplicaSettings(
        SHORT,
        Duration.ofMillis(200),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofMillis(900),
        Duration.ofMinutes(1),
        500,
        1000,
        400,
        new ReplicaSettings.CatchUp(100, 50, 10_000, Duration.ofSeconds(5)),
        new Fence.Settings(Duration.ofDays(1), Duration.ofMillis(1)),
        1 << 20);
  }

  private ReplicaContext context() {
    return new ReplicaContext(
        NOTE,
        kind(),
        settings(),
        this::hear,
        new ReplicaHandle(),
        parent.ref(),
        receipts,
        new Missed(journal, settings().catchUp()),
        fence);
  }

  private void hear(StateEntity.Command command) {
    questions.incrementAndGet();
    entity.ref().tell(command);
  }

  /** Waits until the replica has looked after its time-outs, and asked its entity, some times from now on. */
  void letItThink() {
    int now = questions.get();
    await().until(() -> questions.get() > now + 2);
  }

  private static EntityKind kind() {
    try {
      Kind kind = KindText.note("{\"kind\":\"note\"}");
      return new EntityKind(kind, Access.parse(kind.access()));
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  static Json json(String text) {
    try {
      return JsonReader.read(text);
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  /** The node reaches so many members of three. */
  void reaches(int members) {
    fence.beat(System.nanoTime(), new Fence.View(members, 3));
  }

  /** A session that opens the document. */
  Observation observe() {
    return observe(Optional.empty());
  }

  /** ... and has something of it. */
  Observation observe(Optional<Position> known) {
    Observation observation = new Observation(NOTE, woken -> {});
    replica.tell(new Replica.Observe(observation, known));
    return observation;
  }

  /** A read; fails with what it is refused for. */
  CompletableFuture<Published> read(long minVersion) {
    CompletableFuture<Published> found = new CompletableFuture<>();
    long giveUpAt = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    replica.tell(new Replica.Get(
        minVersion, found::complete, why -> found.completeExceptionally(refused(why)), giveUpAt));
    return found;
  }

  private static Exception refused(Refusal why) {
    return new IllegalStateException(why.code().wire());
  }

  /** What the replica asks its entity next. */
  StateEntity.Attach asked() {
    return entity.expectMessageClass(StateEntity.Attach.class);
  }

  /** A command of client {@code c}; {@code settle} gets what becomes of it. */
  void propose(long seq, Consumer<Verdict> settle) {
    Proposal proposal = Proposal.of(
        "c", seq, seq - 1, OptionalLong.empty(), Principal.anonymous(), 1, new Patch(List.of()));
    replica.tell(new Replica.Propose(new Pending(proposal, settle, System.nanoTime())));
  }

  /** The next batch of commands for the entity. */
  StateEntity.Submit submitted() {
    return (StateEntity.Submit) entity
        .fishForMessage(
            Duration.ofSeconds(10),
            message -> message instanceof StateEntity.Submit
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore())
        .get(0);
  }

  void tell(Notice notice) {
    replica.tell(new Replica.Heard(notice));
  }

  void attach(long version, String document) {
    tell(new Notice.Attached(entity.ref(), new Position(7, version), json(document)));
  }

  void renew(long version) {
    tell(new Notice.Renewed(entity.ref(), new Position(7, version)));
  }
}
