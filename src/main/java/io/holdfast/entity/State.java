package io.holdfast.entity;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.protocol.Chained;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;

/**
 * All that an entity is. Immutable.
 *
 * @param document null while it does not exist (never did, or deleted)
 * @param created milliseconds since 1970 of the first change; 0 before
 * @param updated of the last one
 * @param initial what the first patch is judged on
 */
public record State(
    Chain chain, Json document, long created, long updated, Clients clients, Json initial)
    implements Persistent, Chained {

  /** Before the first change. */
  public static State start(EntityId entity, Json initial) {
    return new State(Chain.start(entity), JsonNull.NULL, 0, 0, Clients.none(), initial);
  }

  @Override
  public long version() {
    return chain.version();
  }

  @Override
  public byte[] chainHash() {
    return chain.head().toBytes();
  }

  public Position position() {
    return new Position(chain.epoch(), chain.version());
  }

  public boolean exists() {
    return document != JsonNull.NULL;
  }

  /** What a patch applies to: the document, or the kind's initial one before the first change. */
  public Json base() {
    return chain.version() == 0 ? initial : document;
  }

  State advance(Link link, ChangeMeta meta, Json after) {
    Clients known = meta.seq() == 0
        ? clients
        : clients.with(meta.client(), new Clients.Last(meta.seq(), meta.version(), meta.at()));
    long born = chain.version() == 0 ? meta.at() : created;
    return new State(chain.then(link), after, born, meta.at(), known, initial);
  }
}
