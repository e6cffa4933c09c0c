package io.holdfast.entity;

import io.holdfast.document.PatchRefused;
import io.holdfast.protocol.Chained;
import java.util.Optional;

/** What happened to an entity. Stored for ever: fields are added, never renamed. */
public sealed interface EntityEvent extends Persistent {
  State applyTo(State before);

  /** A client's patch took effect. */
  final class Patched implements EntityEvent, Chained {
    private final Link link;
    private final Change change;
    private final byte[] body;
    private final Optional<State> decided;

    private Patched(Link link, Change change, byte[] body, Optional<State> decided) {
      this.link = link;
      this.change = change;
      this.body = body;
      this.decided = decided;
    }

    /** An event just admitted: {@code after} is the state its admission already worked out. */
    static Patched decided(Link link, Change change, byte[] body, State after) {
      return new Patched(link, change, body, Optional.of(after));
    }

    static Patched stored(Link link, Change change, byte[] body) {
      return new Patched(link, change, body, Optional.empty());
    }

    public Link link() {
      return link;
    }

    public Change change() {
      return change;
    }

    @Override
    public long version() {
      return link.sequenceNumber();
    }

    @Override
    public byte[] chainHash() {
      return link.hash().toBytes();
    }

    /** What the chain's hash covers, as stored. */
    byte[] body() {
      return body;
    }

    @Override
    public State applyTo(State before) {
      return decided.orElseGet(() -> replayedOn(before));
    }

    private State replayedOn(State before) {
      before.chain().verify(this);
      try {
        return before.advance(link, change.meta(), change.patch().applyTo(before.base()));
      } catch (PatchRefused refused) {
        throw new ChainBroken(
            "event %d: no longer applies: %s".formatted(link.sequenceNumber(), refused.detail()));
      }
    }
  }
}
