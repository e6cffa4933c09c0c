package io.holdfast.journal;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's list of quarantined entities: read from the database again and again, so that every node hears of a finding and of
 * a release; what was found here counts at once, and is written as soon as the database takes it. Never blocks its callers.
 */
public final class Quarantine implements Extension {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final Id ID = new Id();
  private static final int MOST = 10_000;

  private final QuarantineTable table;
  private final Map<String, Quarantined> found = new ConcurrentHashMap<>();
  private volatile Map<String, Quarantined> stored = Map.of();
  private volatile Runnable writeSoon = () -> {};

  private static final class Id extends AbstractExtensionId<Quarantine> {
    @Override
    public Quarantine createExtension(ExtendedActorSystem system) {
      Quarantine quarantine = new Quarantine(new QuarantineTable(Tables.of(system)));
      var pause = JournalSettings.from(system.settings().config()).quarantineRefresh();
      Rounds rounds = Rounds.start("quarantine", pause, quarantine::refresh);
      quarantine.writeSoon = rounds::soon;
      system.registerOnTermination(rounds::stop);
      return quarantine;
    }
  }

  Quarantine(QuarantineTable table) {
    this.table = table;
  }

  public static Quarantine of(ActorSystem system) {
    return ID.get(system);
  }

  /** Why the entity is in quarantine, if it is. */
  public Optional<Quarantined> find(String entity) {
    Quarantined here = found.get(entity);
    return Optional.ofNullable(here == null ? stored.get(entity) : here);
  }

  /** All, newest first; at most 10,000. */
  public List<Quarantined> all() {
    Map<String, Quarantined> all = new HashMap<>(stored);
    all.putAll(found);
    return all.values().stream()
        .sorted(
            Comparator.comparingLong(Quarantined::at).reversed().thenComparing(Quarantined::entity))
        .limit(MOST)
        .toList();
  }

  public int size() {
    return (int) Stream.concat(stored.keySet().stream(), found.keySet().stream())
        .distinct()
        .count();
  }

  /** Puts an entity in quarantine, whose events are good up to {@code version}; the first finding stands. */
  public void add(String entity, long version, String reason) {
    if (find(entity).isEmpty()) {
      LOG.error("{}: quarantined at version {}: {}", entity, version, reason);
      found.put(entity, new Quarantined(entity, System.currentTimeMillis(), version, reason));
      writeSoon.run();
    }
  }

  /** Writes what was found here, then reads what all have found. */
  void refresh() throws SQLException {
    List<Quarantined> written = List.copyOf(found.values());
    for (Quarantined entity : written) {
      table.add(entity);
    }
    Map<String, Quarantined> next = new HashMap<>();
    table.newest(MOST).forEach(entity -> next.put(entity.entity(), entity));
    stored = next;
    written.forEach(entity -> found.remove(entity.entity(), entity));
  }
}
