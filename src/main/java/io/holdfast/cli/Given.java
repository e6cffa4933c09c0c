package io.holdfast.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What picocli has checked to be there before a command is called. */
final class Given {
  private Given() {}

  static <T> T value(@Nullable T required) {
    return Objects.requireNonNull(required);
  }
}
