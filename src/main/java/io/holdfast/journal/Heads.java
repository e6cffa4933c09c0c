package io.holdfast.journal;

import akka.Done;
import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.CoordinatedShutdown;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The node's head anchors: gathers the newest head of each entity that changed and writes them in bulk, and hands a recovering
 * entity the one that was stored. One per actor system, as the snapshot store is made by its plugin.
 */
public final class Heads implements Extension {
  private static final Id ID = new Id();
  private static final int MOST_ROWS = 5000;

  private final AnchorTable table;
  private final Map<String, Head> changed = new ConcurrentHashMap<>();
  private final Map<String, Head> stored = new ConcurrentHashMap<>();

  private static final class Id extends AbstractExtensionId<Heads> {
    @Override
    public Heads createExtension(ExtendedActorSystem system) {
      Heads heads = new Heads(new AnchorTable(Tables.of(system)));
      heads.start(system);
      return heads;
    }
  }

  Heads(AnchorTable table) {
    this.table = table;
  }

  public static Heads of(ActorSystem system) {
    return ID.get(system);
  }

  private void start(ActorSystem system) {
    var pause = JournalSettings.from(system.settings().config()).anchorInterval();
    Rounds rounds = Rounds.start("anchors", pause, this::flush);
    Executor blocking = system.dispatchers().lookup("holdfast.journal.blocking-dispatcher");
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "write-anchors",
            () -> CompletableFuture.supplyAsync(this::flushed, blocking));
    system.registerOnTermination(rounds::stop);
  }

  /** That event is committed; its anchor is written soon. Costs one entry per entity, however often it changes. */
  public void committed(String persistenceId, long sequenceNumber, byte[] hash) {
    changed.merge(persistenceId, new Head(sequenceNumber, hash), Head::newer);
  }

  /** Entities whose anchor is still to be written. */
  public int waiting() {
    return changed.size();
  }

  /** A recovery found {@code anchor}; kept until {@link #takeStored}. */
  void found(String persistenceId, Optional<Head> anchor) {
    anchor.ifPresentOrElse(
        head -> stored.put(persistenceId, head), () -> stored.remove(persistenceId));
  }

  /** The anchor that was stored when the entity's recovery began, once. */
  public Optional<Head> takeStored(String persistenceId) {
    return Optional.ofNullable(stored.remove(persistenceId));
  }

  private Done flushed() {
    try {
      flush();
      return Done.getInstance();
    } catch (SQLException failed) {
      throw new CompletionException(failed);
    }
  }

  /** Writes all that wait; what cannot be written now waits on. */
  void flush() throws SQLException {
    List<Map.Entry<String, Head>> taken = take();
    int written = 0;
    try {
      while (written < taken.size()) {
        int end = Math.min(taken.size(), written + MOST_ROWS);
        table.advance(taken.subList(written, end), System.currentTimeMillis());
        written = end;
      }
    } finally {
      taken
          .subList(written, taken.size())
          .forEach(head -> changed.merge(head.getKey(), head.getValue(), Head::newer));
    }
  }

  private List<Map.Entry<String, Head>> take() {
    List<Map.Entry<String, Head>> taken = new ArrayList<>();
    for (String persistenceId : List.copyOf(changed.keySet())) {
      Head head = changed.remove(persistenceId);
      if (head != null) {
        taken.add(Map.entry(persistenceId, head));
      }
    }
    taken.sort(Map.Entry.comparingByKey());
    return taken;
  }
}
