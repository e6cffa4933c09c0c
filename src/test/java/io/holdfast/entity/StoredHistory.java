package io.holdfast.entity;

import io.holdfast.document.JsonWriter;
import io.holdfast.journal.StoredEvent;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.EntityId;
import java.util.ArrayList;
import java.util.List;

/** Events of one entity as the journal holds them, chained as they must be: each counts {@code /n} up. */
public final class StoredHistory {
  private static final String INC = "[{\"op\":\"inc\",\"path\":\"/n\",\"value\":1}]";
  private final List<EntityEvent.Patched> events = new ArrayList<>();
  private Chain chain;

  /** The history of {@code entity} so far: {@code events} of one epoch. */
  public StoredHistory(EntityId entity, long epoch, int events) {
    this.chain = Chain.start(entity);
    for (int i = 1; i <= events; i++) {
      then(epoch);
    }
  }

  /** One more event, in that epoch. */
  public void then(long epoch) {
    long version = events.size() + 1L;
    ChangeMeta meta = new ChangeMeta(version, "c", version, "ann", 1_000_000 + version);
    byte[] ops = JsonWriter.canonical(Given.json(INC));
    byte[] body = EventCodec.body(meta, ops);
    Link link = chain.next(epoch, body);
    events.add(EntityEvent.Patched.stored(link, new Change(meta, Given.patch(INC), ops), body));
    chain = chain.then(link);
  }

  /** Those with versions in {@code [from, to]}. */
  public List<StoredEvent> stored(long from, long to) {
    return events.subList((int) from - 1, (int) to).stream()
        .map(event ->
            new StoredEvent(event.version(), EventCodec.MANIFEST, EventCodec.encode(event)))
        .toList();
  }

  /** The same as bare bytes. */
  List<byte[]> payloads(long from, long to) {
    return new ArrayList<>(stored(from, to).stream().map(StoredEvent::payload).toList());
  }

  /** The hash of event {@code version}. */
  public Hash hash(long version) {
    return events.get((int) version - 1).link().hash();
  }

  /** The change that event {@code version} made. */
  public Change change(long version) {
    return events.get((int) version - 1).change();
  }
}
