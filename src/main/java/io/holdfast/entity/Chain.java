package io.holdfast.entity;

import io.holdfast.protocol.EntityId;

/** How far an entity's events reach: the newest one's number, its epoch and its hash. */
public record Chain(EntityId entity, long version, long epoch, Hash head) {

  static Chain start(EntityId entity) {
    return new Chain(entity, 0, 0, Hash.seed(entity));
  }

  /** The link for the next event with that body. */
  Link next(long epochOfNext, byte[] body) {
    return new Link(
        version + 1, epochOfNext, head, Hash.next(head, version + 1, epochOfNext, body));
  }

  Chain then(Link link) {
    return new Chain(entity, link.sequenceNumber(), link.epoch(), link.hash());
  }

  /** Throws {@link ChainBroken} unless the event is the one that follows. */
  void verify(EntityEvent.Patched event) {
    Link link = event.link();
    if (link.sequenceNumber() != version + 1) {
      throw broken("sequence number", link.sequenceNumber(), version + 1);
    }
    if (!link.previous().equals(head)) {
      throw broken("previous hash", link.previous(), head);
    }
    Hash actual = Hash.next(head, version + 1, link.epoch(), event.body());
    if (!actual.equals(link.hash())) {
      throw broken("hash", link.hash(), actual);
    }
  }

  private ChainBroken broken(String what, Object actual, Object expected) {
    return new ChainBroken("%s after version %d: %s: %s (expected: %s)"
        .formatted(entity, version, what, actual, expected));
  }
}
