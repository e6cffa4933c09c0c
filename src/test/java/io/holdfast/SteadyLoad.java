package io.holdfast;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.auth.Principal;
import io.holdfast.document.JsonReader;
import io.holdfast.document.Patch;
import io.holdfast.entity.Notice;
import io.holdfast.entity.Proposal;
import io.holdfast.entity.StateEntity;
import io.holdfast.entity.Verdict;
import io.holdfast.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** A replica's place taken by load: one batch of commands at an entity, and the next as soon as that is committed. */
final class SteadyLoad extends AbstractBehavior<Notice> {
  private static final Principal ALICE =
      new Principal("alice", Set.of(), Optional.empty(), Optional.empty());
  private static final Patch CREATE =
      patch("[{\"op\":\"add\",\"path\":\"\",\"value\":{\"f\":\"\",\"text\":\"%s\"}}]"
          .formatted("x".repeat(2000)));
  private static final Patch CHANGE =
      patch("[{\"op\":\"replace\",\"path\":\"/f\",\"value\":\"%s\"}]".formatted("y".repeat(50)));

  private final int commands;
  private final Run run;
  private Optional<ActorRef<StateEntity.Command>> entity = Optional.empty();
  private long seq;
  private long batch;

  /** What loads have in common: the commands committed, whether to go on, and how many have not ended yet. */
  record Run(LongAdder committed, AtomicBoolean goOn, CountDownLatch ended) {
    static Run of(int loads) {
      return new Run(new LongAdder(), new AtomicBoolean(true), new CountDownLatch(loads));
    }
  }

  private SteadyLoad(ActorContext<Notice> context, int commands, Run run) {
    super(context);
    this.commands = commands;
    this.run = run;
  }

  /** Begins on {@code entity}, so many commands a batch. */
  static void start(ActorSystem<?> system, String entity, int commands, Run run) {
    Behavior<Notice> load = Behaviors.setup(context -> new SteadyLoad(context, commands, run));
    ActorRef<Notice> ref = system.systemActorOf(load, entity.replace('/', '-'), Props.empty());
    ClusterSharding.get(system)
        .entityRefFor(StateEntity.KEY, entity)
        .tell(new StateEntity.Attach(ref, Position.NONE));
  }

  private static Patch patch(String ops) {
    try {
      return Patch.parse(JsonReader.read(ops));
    } catch (Exception wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  @Override
  public Receive<Notice> createReceive() {
    return newReceiveBuilder()
        .onMessage(Notice.Attached.class, this::onAttached)
        .onMessage(Notice.Decided.class, this::onDecided)
        .onAnyMessage(other -> this)
        .build();
  }

  private Behavior<Notice> onAttached(Notice.Attached attached) {
    entity = Optional.of(attached.entity());
    submit(List.of(proposal(CREATE)));
    return this;
  }

  private Behavior<Notice> onDecided(Notice.Decided decided) {
    for (Verdict verdict : decided.verdicts()) {
      if (!(verdict instanceof Verdict.Accepted)) {
        throw new IllegalStateException("verdict: %s (expected: accepted)".formatted(verdict));
      }
    }
    run.committed().add(decided.verdicts().size());
    if (!run.goOn().get()) {
      entity.orElseThrow().tell(new StateEntity.Detach(getContext().getSelf()));
      run.ended().countDown();
      return Behaviors.stopped();
    }
    List<Proposal> next = new ArrayList<>(commands);
    for (int i = 0; i < commands; i++) {
      next.add(proposal(CHANGE));
    }
    submit(next);
    return this;
  }

  private Proposal proposal(Patch patch) {
    seq++;
    return Proposal.of(
        "c", seq, seq - 1, OptionalLong.empty(), ALICE, System.currentTimeMillis(), patch);
  }

  private void submit(List<Proposal> proposals) {
    entity
        .orElseThrow()
        .tell(new StateEntity.Submit(++batch, proposals, getContext().getSelf()));
  }
}
