package io.holdfast.entity;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;
import java.io.NotSerializableException;

/** Writes events and snapshots in our own stored forms; the identifier and the manifests are fixed for ever. */
public final class HoldfastSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 40001;

  public HoldfastSerializer(@SuppressWarnings("unused") ExtendedActorSystem system) {}

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return object instanceof State ? SnapshotCodec.MANIFEST : EventCodec.MANIFEST;
  }

  @Override
  public byte[] toBinary(Object object) {
    if (object instanceof EntityEvent.Patched event) {
      return EventCodec.encode(event);
    }
    if (object instanceof State state) {
      return SnapshotCodec.encode(state);
    }
    throw new IllegalArgumentException(
        "serializer: %s (expected: an event or a state)".formatted(object.getClass()));
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return switch (manifest) {
      case EventCodec.MANIFEST -> EventCodec.decode(bytes);
      case SnapshotCodec.MANIFEST -> SnapshotCodec.decode(bytes);
      default -> throw new NotSerializableException("manifest: %s (expected: %s or %s)"
          .formatted(manifest, EventCodec.MANIFEST, SnapshotCodec.MANIFEST));
    };
  }
}
