package io.holdfast.entity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The outcomes this incarnation of an entity still remembers, newest kept: how far each client is decided, and the last verdicts
 * word for word. Lost on restart, which is safe: what was refused is judged again, what was accepted stands in the state.
 */
final class Decisions {
  private static final int MOST_VERDICTS = 256;

  private record Key(String client, long seq) {}

  private final Map<String, Long> last = bounded(Clients.MOST);
  private final Map<Key, Verdict> verdicts = bounded(MOST_VERDICTS);

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /** The highest seq that is decided; 0 if none is known. */
  long last(State state, String client) {
    long accepted = state.clients().last(client).map(Clients.Last::seq).orElse(0L);
    return Math.max(accepted, last.getOrDefault(client, 0L));
  }

  void record(Proposal proposal, Verdict verdict) {
    if (proposal.seq() > 0) {
      last.put(proposal.client(), proposal.seq());
      verdicts.put(new Key(proposal.client(), proposal.seq()), verdict);
    }
  }

  Optional<Verdict> verdict(String client, long seq) {
    return Optional.ofNullable(verdicts.get(new Key(client, seq)));
  }
}
