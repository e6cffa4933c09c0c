package io.holdfast;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.typed.Cluster;
import io.holdfast.entity.Custody;
import io.holdfast.entity.Hash;
import io.holdfast.entity.State;
import io.holdfast.entity.StateEntity;
import io.holdfast.journal.Canary;
import io.holdfast.journal.Heads;
import io.holdfast.journal.JournalGauges;
import io.holdfast.journal.Quarantine;
import io.holdfast.journal.Quarantined;
import io.holdfast.protocol.EntityId;
import io.holdfast.telemetry.Meters;
import java.util.List;
import java.util.Optional;

/** A node's watch over its stored data: head anchors, quarantine, the canary; brings entities and journal together. */
final class Integrity {
  /** Why a node ended that nobody stopped. */
  enum End implements CoordinatedShutdown.Reason {
    JOURNAL_STUCK
  }

  private final Heads heads;
  private final Quarantine quarantine;

  private Integrity(Heads heads, Quarantine quarantine) {
    this.heads = heads;
    this.quarantine = quarantine;
  }

  static Integrity start(ActorSystem<?> system, ServerSettings settings, Meters meters) {
    akka.actor.ActorSystem classic = Adapter.toClassic(system);
    Integrity integrity = new Integrity(Heads.of(classic), Quarantine.of(classic));
    String node = Cluster.get(system).selfMember().address().toString();
    Canary canary =
        Canary.start(classic, settings.jdbc(), node, () -> CoordinatedShutdown.get(system)
            .runAll(End.JOURNAL_STUCK));
    integrity.gauges(meters, JournalGauges.of(classic), canary);
    return integrity;
  }

  private void gauges(Meters meters, JournalGauges journal, Canary canary) {
    meters.gauge("holdfast.quarantined", "entities out of service for damage", quarantine::size);
    meters.gauge(
        "holdfast.snapshots.set.aside",
        "snapshots found damaged since the start",
        journal::snapshotsSetAside);
    meters.gauge(
        "holdfast.recoveries.loading", "recoveries that wait for their snapshot", journal::loading);
    meters.gauge(
        "holdfast.anchors.waiting", "entities whose head anchor is behind", heads::waiting);
    meters.gauge(
        "holdfast.canary.age.seconds",
        "since the journal last wrote this node's canary",
        canary::ageSeconds);
  }

  List<Quarantined> quarantined() {
    return quarantine.all();
  }

  /** What an entity of that shard is given. */
  Custody custody(ActorRef<ClusterSharding.ShardCommand> shard) {
    return new ShardCustody(heads, quarantine, shard);
  }

  private record ShardCustody(
      Heads heads, Quarantine quarantine, ActorRef<ClusterSharding.ShardCommand> shard)
      implements Custody {
    @Override
    public void committed(State after) {
      heads.committed(after.chain().entity().toString(), after.version(), after.chainHash());
    }

    @Override
    public Optional<Anchor> takeAnchor(EntityId entity) {
      return heads
          .takeStored(entity.toString())
          .map(head -> new Anchor(head.sequenceNumber(), Hash.of(head.hash())));
    }

    @Override
    public void damaged(EntityId entity, long version, String reason) {
      quarantine.add(entity.toString(), version, reason);
    }

    @Override
    public Optional<String> quarantined(EntityId entity) {
      return quarantine.find(entity.toString()).map(Quarantined::reason);
    }

    @Override
    public void passivate(ActorRef<StateEntity.Command> entity) {
      shard.tell(new ClusterSharding.Passivate<>(entity));
    }
  }
}
