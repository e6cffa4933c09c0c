package io.holdfast;

import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
final class H2SnapshotDamageTest extends SnapshotDamageContract {
  @Override
  Map<String, String> database() {
    return Map.of();
  }
}
