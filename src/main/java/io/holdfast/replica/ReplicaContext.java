package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import io.holdfast.entity.EntityKind;
import io.holdfast.entity.StateEntity;
import io.holdfast.protocol.EntityId;
import java.util.function.Consumer;

/** What a replica needs of its node; {@code entityRef} is the way to the entity, wherever it lives. */
record ReplicaContext(
    EntityId entity,
    EntityKind kind,
    ReplicaSettings settings,
    Consumer<StateEntity.Command> entityRef,
    ReplicaHandle handle,
    ActorRef<Replicas.Command> parent,
    Receipts receipts,
    Missed missed,
    Fence fence) {}
