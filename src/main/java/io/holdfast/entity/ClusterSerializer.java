package io.holdfast.entity;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.io.NotSerializableException;

/** Carries {@link ClusterMessage}s between nodes; the identifier and the manifests are fixed for ever. */
public final class ClusterSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 40002;

  private final ExtendedActorSystem system;

  /** Called by Akka, which names this class in its configuration. */
  public ClusterSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  private ClusterCodec codec() {
    return new ClusterCodec(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return ClusterCodec.manifest((ClusterMessage) object);
  }

  @Override
  public byte[] toBinary(Object object) {
    return codec().encode((ClusterMessage) object);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return codec()
          .decode(manifest, bytes)
          .orElseThrow(() -> new NotSerializableException(
              "manifest: %s (expected: one this version knows)".formatted(manifest)));
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException broken) {
      NotSerializableException refused =
          new NotSerializableException("%s: %s".formatted(manifest, broken.getMessage()));
      refused.initCause(broken);
      throw refused;
    }
  }
}
