package io.holdfast.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Collects the keywords that may judge a whole subtree again after any change in it; which do is known when all is compiled. */
final class Whole {
  /** A keyword at a pointer into the schema. */
  record Suspect(String pointer, BooleanSupplier isGuilty) {}

  private final List<Suspect> suspects = new ArrayList<>();

  void suspect(String pointer, BooleanSupplier isGuilty) {
    suspects.add(new Suspect(pointer, isGuilty));
  }

  List<Suspect> suspects() {
    return List.copyOf(suspects);
  }

  static List<String> confirmed(List<Suspect> suspects) {
    return suspects.stream()
        .filter(suspect -> suspect.isGuilty().getAsBoolean())
        .map(Suspect::pointer)
        .distinct()
        .sorted()
        .toList();
  }
}
