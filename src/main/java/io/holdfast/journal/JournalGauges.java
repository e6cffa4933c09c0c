package io.holdfast.journal;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What of the journal can be measured from outside; one per actor system, as the journal is made by its plugin. */
public final class JournalGauges implements Extension {
  private static final Id ID = new Id();

  private final LongAdder snapshotsSetAside = new LongAdder();
  private final AtomicInteger loading = new AtomicInteger();
  private volatile Optional<JournalWriter> writer = Optional.empty();

  private static final class Id extends AbstractExtensionId<JournalGauges> {
    @Override
    public JournalGauges createExtension(ExtendedActorSystem system) {
      return new JournalGauges();
    }
  }

  public static JournalGauges of(ActorSystem system) {
    return ID.get(system);
  }

  void watch(JournalWriter started) {
    writer = Optional.of(started);
  }

  /** The journal's writer, once the plugin has started it. */
  Optional<JournalWriter> writer() {
    return writer;
  }

  void loading(int change) {
    loading.addAndGet(change);
  }

  /** Recoveries that wait for their snapshot. */
  public int loading() {
    return loading.get();
  }

  void snapshotSetAside() {
    snapshotsSetAside.increment();
  }

  /** Snapshots found damaged since the node started. */
  public long snapshotsSetAside() {
    return snapshotsSetAside.sum();
  }

  /** Rows that wait to be written. */
  public int queued() {
    return writer.map(JournalWriter::queued).orElse(0);
  }
}
