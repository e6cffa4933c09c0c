package io.holdfast.entity;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.ActorContext;
import io.holdfast.protocol.Position;
import java.util.List;
import java.util.Optional;

/** The replicas of one entity: brings each to where the entity is, and tells them what is new. In memory only. */
final class Attachments {
  private final ActorRef<StateEntity.Command> self;
  private final int recentBytes;
  private final Leases leases;
  private final Presences presences;
  private final Wire wire;
  private Recent recent = Recent.NONE;

  Attachments(ActorContext<StateEntity.Command> context, EntitySettings settings) {
    this.self = context.getSelf();
    this.recentBytes = settings.recentBytes();
    this.leases = new Leases(settings.lease());
    this.wire = new Wire(context.getSystem());
    ActorRefResolver refs = ActorRefResolver.get(context.getSystem());
    this.presences = new Presences(refs::toSerializationFormat);
  }

  /** The whole message that {@code part} completes, if it does. */
  Optional<ClusterMessage> whole(Part part) {
    return wire.whole(part);
  }

  /** The entity starts again from its journal: what it remembers of its newest changes goes. */
  void forgetChanges() {
    recent = Recent.NONE;
  }

  void attach(State state, StateEntity.Attach attach) {
    boolean isNew = leases.attach(attach.replica());
    bring(state, attach).forEach(notice -> wire.letter(notice).to(attach.replica()));
    if (isNew) {
      attach.replica().tell(new Notice.Introduce());
      presences.elsewhere(attach.replica()).forEach(there -> wire.letter(there)
          .to(attach.replica()));
    }
  }

  /** What brings a replica to here: nothing, the changes it misses, where they can be read, or all. It has all once it is renewed. */
  private List<Notice> bring(State state, StateEntity.Attach attach) {
    Position here = state.position();
    Position known = attach.known();
    Notice.Attached all = new Notice.Attached(self, here, state.document());
    if (!state.exists() || known.epoch() != here.epoch() || known.version() > here.version()) {
      return List.of(all);
    }
    Notice.Renewed renewed = new Notice.Renewed(self, known);
    if (known.equals(here)) {
      return List.of(renewed);
    }
    if (recent.covers(known.version(), here.version())) {
      return List.of(missed(state, known.version()), renewed);
    }
    return List.of(
        attach.catchesUp() ? new Notice.Behind(self, here, state.chain().head()) : all);
  }

  private Notice.Committed missed(State state, long after) {
    return new Notice.Committed(
        state.chain().epoch(), state.document(), recent.after(after).changes());
  }

  void detach(ActorRef<Notice> replica) {
    leases.end(replica);
    forgetPresent(replica);
  }

  private void forgetPresent(ActorRef<Notice> replica) {
    presences.forget(replica).forEach(gone -> leases.tellOthers(replica, wire.letter(gone)));
  }

  void present(StateEntity.Present present) {
    leases.tellOthers(present.replica(), wire.letter(presences.take(present)));
  }

  /** One lease time has passed. */
  void expire() {
    leases.expire().forEach(this::forgetPresent);
  }

  /** The replica sends commands, so it lives. */
  void renew(ActorRef<Notice> replica) {
    leases.renew(replica);
  }

  /** Tells the verdicts on a batch that changed nothing. */
  void answer(StateEntity.Submit submit, List<Verdict> verdicts) {
    decided(submit, verdicts, List.of());
  }

  /** Tells everyone what a batch changed, and its sender the verdicts with it. */
  void announce(StateEntity.Submit submit, Admission.Result result, State after) {
    var committed = new Notice.Committed(
        after.chain().epoch(), after.document(), List.copyOf(result.changes()));
    recent = recent.then(committed.changes(), recentBytes);
    leases.tellOthers(submit.replica(), wire.letter(committed));
    decided(submit, result.verdicts(), List.of(committed));
  }

  private void decided(
      StateEntity.Submit submit, List<Verdict> verdicts, List<Notice.Committed> committed) {
    wire.letter(new Notice.Decided(submit.batch(), verdicts, committed)).to(submit.replica());
  }
}
