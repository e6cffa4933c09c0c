package io.holdfast.entity;

import java.util.Map;
import java.util.Optional;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * Who wrote last: for each client its last accepted command. Bounded to those heard of last, by number and age. Immutable.
 */
public final class Clients {
  static final int MOST = 4096;
  static final long LONGEST_MS = 7L * 24 * 60 * 60 * 1000;
  private static final Clients NONE = new Clients(HashTreePMap.empty(), TreePMap.empty(), false);

  /** A client's last accepted command. */
  public record Last(long seq, long version, long at) {}

  private final HashPMap<String, Last> byName;
  private final TreePMap<Long, String> byVersion;
  private final boolean forgot;

  private Clients(HashPMap<String, Last> byName, TreePMap<Long, String> byVersion, boolean forgot) {
    this.byName = byName;
    this.byVersion = byVersion;
    this.forgot = forgot;
  }

  static Clients none() {
    return NONE;
  }

  Optional<Last> last(String client) {
    return Optional.ofNullable(byName.get(client));
  }

  int size() {
    return byName.size();
  }

  /** Whether somebody was ever forgotten: then an unknown client may be an old one. */
  boolean forgot() {
    return forgot;
  }

  Clients havingForgotten(boolean someone) {
    return someone == forgot ? this : new Clients(byName, byVersion, someone);
  }

  /** Those and this one; the ones not heard of for longest are forgotten. */
  Clients with(String client, Last last) {
    Last earlier = byName.get(client);
    TreePMap<Long, String> order = earlier == null ? byVersion : byVersion.minus(earlier.version());
    return new Clients(byName.plus(client, last), order.plus(last.version(), client), forgot)
        .trimmed(last.at());
  }

  private Clients trimmed(long now) {
    Clients kept = this;
    while (!kept.byVersion.isEmpty() && kept.mustForgetOldest(now)) {
      Map.Entry<Long, String> oldest = kept.byVersion.firstEntry();
      kept = new Clients(
          kept.byName.minus(oldest.getValue()), kept.byVersion.minus(oldest.getKey()), true);
    }
    return kept;
  }

  private boolean mustForgetOldest(long now) {
    Last oldest = byName.get(byVersion.firstEntry().getValue());
    return byName.size() > MOST || (oldest != null && oldest.at() < now - LONGEST_MS);
  }

  /** Oldest first. */
  void forEach(java.util.function.BiConsumer<String, Last> action) {
    byVersion
        .values()
        .forEach(
            client -> action.accept(client, java.util.Objects.requireNonNull(byName.get(client))));
  }
}
