package io.holdfast.faults;

import io.holdfast.checker.History;
import io.holdfast.checker.JournalRow;
import io.holdfast.checker.Read;
import io.holdfast.checker.Receipt;
import io.holdfast.checker.Seen;
import io.holdfast.checker.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down all that clients say and hear, for the checker. Thread-safe. */
final class Recorder {
  private final List<Sent> sent = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private final Map<String, Long> damaged = new ConcurrentHashMap<>();
  private final Map<String, Integer> surprises = new ConcurrentHashMap<>();
  private final AtomicInteger accepted = new AtomicInteger();

  void sent(Sent command) {
    synchronized (sent) {
      sent.add(command);
    }
  }

  void receipt(Receipt receipt) {
    synchronized (receipts) {
      receipts.add(receipt);
    }
    if (receipt.accepted()) {
      accepted.incrementAndGet();
    }
  }

  void seen(Seen sight) {
    synchronized (seen) {
      seen.add(sight);
    }
  }

  void read(Read read) {
    synchronized (reads) {
      reads.add(read);
    }
  }

  /** Something a correct server never says; counted by what it is. */
  void surprise(String what) {
    surprises.merge(what, 1, Integer::sum);
  }

  Map<String, Integer> surprises() {
    return Map.copyOf(surprises);
  }

  /** From now on nothing of {@code entity} may be served: its stored data was damaged. */
  void damaged(String entity) {
    damaged.put(entity, System.nanoTime());
  }

  boolean isDamaged(String entity) {
    return damaged.containsKey(entity);
  }

  /** How many receipts said {@code accepted}. */
  int accepted() {
    return accepted.get();
  }

  List<Receipt> receipts() {
    synchronized (receipts) {
      return List.copyOf(receipts);
    }
  }

  int commands() {
    synchronized (sent) {
      return (int) sent.stream().map(Sent::command).distinct().count();
    }
  }

  int sendings() {
    synchronized (sent) {
      return sent.size();
    }
  }

  int sights() {
    synchronized (seen) {
      return seen.size();
    }
  }

  int reads() {
    synchronized (reads) {
      return reads.size();
    }
  }

  /** One of the last receipts. */
  Optional<Receipt> recent(Random random) {
    synchronized (receipts) {
      int from = Math.max(0, receipts.size() - 50);
      return receipts.isEmpty()
          ? Optional.empty()
          : Optional.of(receipts.get(from + random.nextInt(receipts.size() - from)));
    }
  }

  /** All of it, with what the database holds and whose connections still stand. */
  History history(List<JournalRow> journal, Set<String> staying, boolean atRest) {
    synchronized (sent) {
      synchronized (seen) {
        synchronized (reads) {
          return new History(sent, receipts(), seen, reads, journal, staying, atRest, damaged);
        }
      }
    }
  }
}
