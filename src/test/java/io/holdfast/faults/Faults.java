package io.holdfast.faults;

import java.util.List;
import java.util.stream.Stream;

/** All faults by name. */
final class Faults {
  private static final List<Fault> ALL = Stream.of(
          ClientFaults.all(), NodeFaults.all(), DatabaseFaults.all(), NetworkFaults.all())
      .flatMap(List::stream)
      .toList();

  private Faults() {}

  static List<String> names() {
    return ALL.stream().map(Fault::name).toList();
  }

  static Fault named(String name) {
    return ALL.stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "fault: %s (expected: one of %s)".formatted(name, names())));
  }
}
