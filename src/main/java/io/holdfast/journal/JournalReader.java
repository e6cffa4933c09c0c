package io.holdfast.journal;

import akka.actor.ActorSystem;
import io.holdfast.protocol.EntityId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Reads what was journaled, beside the entities: for history, receipts and earlier versions. */
public final class JournalReader {
  private final Tables tables;
  private final VerifiedSnapshots verified;
  private final Executor blocking;

  public JournalReader(ActorSystem system) {
    this.tables = Tables.of(system);
    this.verified = new VerifiedSnapshots(system);
    this.blocking = system.dispatchers().lookup("holdfast.journal.blocking-dispatcher");
  }

  /** Work that may throw SQLException. */
  private interface Query<T> {
    T run() throws SQLException;
  }

  private <T> CompletionStage<T> query(Query<T> query) {
    return CompletableFuture.supplyAsync(() -> result(query), blocking);
  }

  private static <T> T result(Query<T> query) {
    try {
      return query.run();
    } catch (SQLException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  /** Events with sequence numbers in {@code [from, to]}, oldest first, at most {@code limit}. */
  public CompletionStage<List<StoredEvent>> events(EntityId entity, long from, long to, int limit) {
    return query(() -> tables.events(entity.toString(), from, to, limit, false));
  }

  /** The same, newest first. */
  public CompletionStage<List<StoredEvent>> eventsBackwards(
      EntityId entity, long from, long to, int limit) {
    return query(() -> tables.events(entity.toString(), from, to, limit, true));
  }

  /** Events with sequence numbers in {@code [from, to]}, oldest first; none where their payloads exceed {@code mostBytes} together. */
  public CompletionStage<List<StoredEvent>> stretch(
      EntityId entity, long from, long to, long mostBytes) {
    int most = (int) Math.min(Integer.MAX_VALUE, to - from + 1);
    return query(() -> tables.payloadBytes(entity.toString(), from, to) > mostBytes
        ? List.of()
        : tables.events(entity.toString(), from, to, most, false));
  }

  /** The version of the newest committed event; 0 if there is none. */
  public CompletionStage<Long> highest(EntityId entity) {
    return query(() -> tables.highest(entity.toString()));
  }

  /** The newest good snapshot at or before {@code version}, as it was written, if one is kept. */
  public CompletionStage<Optional<byte[]>> snapshotAt(EntityId entity, long version) {
    return query(() -> {
      try (Connection connection = tables.open()) {
        return verified
            .newest(connection, entity.toString(), version, Long.MAX_VALUE)
            .map(found -> found.snapshot().payload());
      }
    });
  }
}
