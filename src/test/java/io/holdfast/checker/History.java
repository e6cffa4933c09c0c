package io.holdfast.checker;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is known of a run.
 *
 * @param journal rows in any order
 * @param staying connections that still stood when everything had come to rest
 * @param atRest whether clients had all the time they needed to hear of everything
 * @param damaged entities whose stored data was damaged on purpose, with the time from which nothing of them may be served
 */
public record History(
    List<Sent> sent,
    List<Receipt> receipts,
    List<Seen> seen,
    List<Read> reads,
    List<JournalRow> journal,
    Set<String> staying,
    boolean atRest,
    Map<String, Long> damaged) {

  public History {
    sent = List.copyOf(sent);
    receipts = List.copyOf(receipts);
    seen = List.copyOf(seen);
    reads = List.copyOf(reads);
    journal = List.copyOf(journal);
    staying = Set.copyOf(staying);
    damaged = Map.copyOf(damaged);
  }
}
