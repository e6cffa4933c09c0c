package io.holdfast;

import java.util.Map;

final class H2SnapshotDamageTest extends SnapshotDamageContract {
  @Override
  Map<String, String> database() {
    return Map.of();
  }
}
