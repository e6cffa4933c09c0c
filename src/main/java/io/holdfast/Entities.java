package io.holdfast;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import io.holdfast.entity.Catalog;
import io.holdfast.entity.Custody;
import io.holdfast.entity.EntityKind;
import io.holdfast.entity.EntityMeters;
import io.holdfast.entity.EntitySettings;
import io.holdfast.entity.QuarantinedEntity;
import io.holdfast.entity.StateEntity;
import io.holdfast.protocol.EntityId;

/** What sharding makes on this node when an entity is spoken to: its writer, or the stand-in of a damaged one. */
record Entities(
    Catalog catalog, EntitySettings settings, EntityMeters meters, Integrity integrity) {

  void init(ActorSystem<?> system, ShardPlacement placement) {
    ClusterSharding.get(system)
        .init(Entity.of(StateEntity.KEY, this::create).withAllocationStrategy(placement));
  }

  private Behavior<StateEntity.Command> create(EntityContext<StateEntity.Command> context) {
    EntityId entity = EntityId.parse(context.getEntityId()).orElseThrow();
    EntityKind kind = catalog.kind(entity.kind()).orElseThrow();
    Custody custody = integrity.custody(context.getShard());
    return custody
        .quarantined(entity)
        .map(why -> QuarantinedEntity.create(entity, why, custody))
        .orElseGet(() -> StateEntity.create(entity, kind, settings, meters, custody));
  }
}
