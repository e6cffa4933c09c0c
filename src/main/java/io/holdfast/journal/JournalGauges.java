package io.holdfast.journal;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.util.function.IntSupplier;

/** What of the journal can be measured from outside; one per actor system, as the journal is made by its plugin. */
public final class JournalGauges implements Extension {
  private static final Id ID = new Id();

  private volatile IntSupplier queued = () -> 0;

  private static final class Id extends AbstractExtensionId<JournalGauges> {
    @Override
    public JournalGauges createExtension(ExtendedActorSystem system) {
      return new JournalGauges();
    }
  }

  public static JournalGauges of(ActorSystem system) {
    return ID.get(system);
  }

  void watch(IntSupplier rowsWaiting) {
    queued = rowsWaiting;
  }

  /** Rows that wait to be written. */
  public int queued() {
    return queued.getAsInt();
  }
}
