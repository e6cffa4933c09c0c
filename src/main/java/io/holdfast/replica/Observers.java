package io.holdfast.replica;

import io.holdfast.protocol.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Who observes, in a list that each observation knows its place in: adding, removing and telling are all cheap. */
final class Observers {
  private final List<Observation> all = new ArrayList<>();

  int size() {
    return all.size();
  }

  void add(Observation observation) {
    observation.slot = all.size();
    all.add(observation);
  }

  void remove(Observation observation) {
    if (observation.slot < 0
        || observation.slot >= all.size()
        || all.get(observation.slot) != observation) {
      return;
    }
    Observation last = all.remove(all.size() - 1);
    if (last != observation) {
      last.slot = observation.slot;
      all.set(last.slot, last);
    }
    observation.slot = -1;
  }

  void publish(Published newest) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).publish(newest);
    }
  }

  void withhold(Refusal why) {
    all.forEach(observation -> observation.withhold(why));
  }

  /** All of them, who are here no longer. */
  List<Observation> takeAll() {
    List<Observation> taken = List.copyOf(all);
    taken.forEach(observation -> observation.slot = -1);
    all.clear();
    return taken;
  }

  void present(PresenceBoard board) {
    all.forEach(observation -> observation.present(board));
  }

  /** Tells all why there is no more, and forgets them. */
  void end(Refusal why) {
    for (Observation observation : all) {
      observation.slot = -1;
      observation.end(why);
    }
    all.clear();
  }

  void lose() {
    all.forEach(Observation::lose);
  }
}
