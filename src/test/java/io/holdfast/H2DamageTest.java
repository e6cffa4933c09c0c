package io.holdfast;

import java.util.Map;

final class H2DamageTest extends DamageContract {
  @Override
  Map<String, String> database() {
    return Map.of();
  }
}
