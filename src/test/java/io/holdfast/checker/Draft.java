package io.holdfast.checker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A history still open to changes, as those who want to plant a lie need it. */
final class Draft {
  static final long EPOCH = 1_795_000_000_000L;

  final List<Sent> sent = new ArrayList<>();
  final List<Receipt> receipts = new ArrayList<>();
  final List<Seen> seen = new ArrayList<>();
  final List<Read> reads = new ArrayList<>();
  private final Map<String, List<Forge.Event>> events = new LinkedHashMap<>();
  final Set<String> staying = new LinkedHashSet<>();
  final Map<String, Long> damaged = new LinkedHashMap<>();
  private Consumer<List<JournalRow>> tampering = rows -> {};

  /** From now on rows are changed that way after they were made. */
  Draft tamper(Consumer<List<JournalRow>> how) {
    tampering = how;
    return this;
  }

  History history() {
    List<JournalRow> rows = new ArrayList<>();
    events.forEach((entity, its) -> rows.addAll(Forge.rows(entity, EPOCH, its)));
    tampering.accept(rows);
    return new History(sent, receipts, seen, reads, rows, staying, true, damaged);
  }

  /** The events of {@code entity}, to be changed at will. */
  List<Forge.Event> events(String entity) {
    return events.computeIfAbsent(entity, name -> new ArrayList<>());
  }

  /** The last accepted receipt. */
  Receipt anAcceptedReceipt() {
    return last(receipts, Receipt::accepted);
  }

  /** The index of the last sight of that sort which {@code that} holds for. */
  <S extends Sight> int sight(Class<S> sort, Predicate<S> that) {
    for (int i = seen.size() - 1; i >= 0; i--) {
      Sight sight = seen.get(i).sight();
      if (sort.isInstance(sight) && that.test(sort.cast(sight))) {
        return i;
      }
    }
    throw new NoSuchElementException("no such sight");
  }

  /** The index of the sight after {@code index} of the same observation; -1 if there is none. */
  int next(int index) {
    Seen here = seen.get(index);
    for (int i = index + 1; i < seen.size(); i++) {
      Seen there = seen.get(i);
      if (there.connection().equals(here.connection()) && there.entity().equals(here.entity())) {
        return i;
      }
    }
    return -1;
  }

  /** Puts another sight in the place of one. */
  void replace(int index, Sight sight) {
    Seen old = seen.get(index);
    seen.set(index, new Seen(old.at(), old.connection(), old.entity(), sight));
  }

  static <T> T last(List<T> list, Predicate<T> that) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (that.test(list.get(i))) {
        return list.get(i);
      }
    }
    throw new NoSuchElementException("none of %d fits".formatted(list.size()));
  }
}
