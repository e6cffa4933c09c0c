package io.holdfast.entity;

import io.holdfast.auth.Access;
import io.holdfast.auth.AccessRefused;
import io.holdfast.kind.Kind;
import io.holdfast.kind.KindRefused;
import io.holdfast.kind.Kinds;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every kind this node serves. */
public final class Catalog {
  private final Map<String, EntityKind> byName;

  private Catalog(Map<String, EntityKind> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** Compiles the access rules of all kinds; a wrong rule is refused with the kind's file and the rule's pointer. */
  public static Catalog of(Kinds kinds) throws KindRefused {
    Map<String, EntityKind> byName = new TreeMap<>();
    for (Kind kind : kinds.all()) {
      byName.put(kind.name(), new EntityKind(kind, access(kind)));
    }
    return new Catalog(byName);
  }

  private static Access access(Kind kind) throws KindRefused {
    try {
      return Access.parse(kind.access());
    } catch (AccessRefused refused) {
      throw new KindRefused(
          "%s.json: /access%s: %s".formatted(kind.name(), refused.pointer(), refused.detail()));
    }
  }

  public Optional<EntityKind> kind(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<EntityKind> all() {
    return byName.values().stream()
        .sorted(java.util.Comparator.comparing(k -> k.kind().name()))
        .toList();
  }
}
