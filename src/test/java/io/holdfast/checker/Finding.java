package io.holdfast.checker;

import java.util.List;

/** A broken promise, with the few lines that prove it. */
public record Finding(Breach breach, String entity, List<String> proof) {
  static Finding of(Breach breach, String entity, Object... proof) {
    return new Finding(breach, entity, List.of(proof).stream().map(Excerpt::of).toList());
  }

  @Override
  public String toString() {
    return "%s %s: %s: %s\n    %s"
        .formatted(
            breach.promise(), breach, entity, breach.meaning(), String.join("\n    ", proof));
  }
}
