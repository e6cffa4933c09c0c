package io.holdfast.entity;

import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive changes read back from the journal beside their entity.
 *
 * @param head the newest one's hash
 */
public record Stretch(List<Change> changes, Hash head) {

  /**
   * The changes after {@code known}, from the stored form of their events. {@link ChainBroken} unless the first follows {@code known}
   * and each further one the one before, in one epoch and without a hole.
   */
  public static Stretch after(EntityId entity, Position known, List<byte[]> stored) {
    List<Change> changes = new ArrayList<>(stored.size());
    Chain chain = new Chain(entity, known.version(), known.epoch(), Hash.seed(entity));
    for (byte[] bytes : stored) {
      EntityEvent.Patched event = EventCodec.decode(bytes);
      if (changes.isEmpty()) {
        chain = new Chain(entity, known.version(), known.epoch(), event.link().previous());
      }
      verify(chain, event);
      chain = chain.then(event.link());
      changes.add(event.change());
    }
    return new Stretch(changes, chain.head());
  }

  private static void verify(Chain chain, EntityEvent.Patched event) {
    chain.verify(event);
    if (event.link().epoch() != chain.epoch()) {
      throw new ChainBroken("%s after version %d: epoch: %d (expected: %d)"
          .formatted(chain.entity(), chain.version(), event.link().epoch(), chain.epoch()));
    }
  }
}
