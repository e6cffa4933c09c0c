package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import io.holdfast.document.JsonNull;
import io.holdfast.entity.Notice;
import io.holdfast.entity.StateEntity;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ServerFrames.Present;
import java.util.List;

/** Keeps a replica's observers told of who is present, here and at other replicas, and the entity of who is present here. */
final class Attendance {
  private final Gathering gathering;
  private final Observers observers;
  private final Upstream upstream;
  private final ActorRef<Notice> inbox;

  Attendance(EntityId entity, Observers observers, Upstream upstream, ActorRef<Notice> inbox) {
    this.gathering = new Gathering(entity);
    this.observers = observers;
    this.upstream = upstream;
    this.inbox = inbox;
  }

  /** Shows a new observer who is there. */
  void greet(Observation observation) {
    if (gathering.board().size() > 0) {
      observation.present(gathering.board());
    }
  }

  /** One session of this node; null data leaves. */
  void set(Present present) {
    if (present.data() == JsonNull.NULL) {
      leave(present.session());
    } else {
      gathering.put(present);
      observers.present(gathering.board());
      upstream.tell(new StateEntity.Present(inbox, false, List.of(present), List.of()));
    }
  }

  void leave(String session) {
    if (gathering.remove(session)) {
      observers.present(gathering.board());
      upstream.tell(new StateEntity.Present(inbox, false, List.of(), List.of(session)));
    }
  }

  /** The entity asks who is here, and tells next who is elsewhere. */
  void introduce() {
    gathering.doubt();
    if (!gathering.isEmptyHere()) {
      upstream.tell(gathering.everyone(inbox));
    }
  }

  void hear(Notice.Presence presence) {
    gathering.hear(presence);
    observers.present(gathering.board());
  }

  /** Who is elsewhere and was not confirmed since the entity asked is gone. */
  void settle() {
    PresenceBoard before = gathering.board();
    gathering.settle();
    if (gathering.board() != before) {
      observers.present(gathering.board());
    }
  }
}
