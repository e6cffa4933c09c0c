package io.holdfast.kind;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tells whether schemas cost the same to check however big the value is. */
final class Bounds {
  private Bounds() {}

  static boolean areBounded(Collection<SchemaNode> schemas) {
    Set<SchemaNode> above = Collections.newSetFromMap(new IdentityHashMap<>());
    return schemas.stream().allMatch(schema -> schema.isBounded(above));
  }
}
