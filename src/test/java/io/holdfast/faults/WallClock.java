package io.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The time of day as one process sees it, to be put forward and back while it runs: libfaketime, a package of Debian. */
final class WallClock implements AutoCloseable {
  private static final List<Path> LIBRARIES = List.of(
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
      Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  private final Path offset;

  WallClock() {
    try {
      offset = Files.createTempFile("holdfast-clock-", "");
      shift(Duration.ZERO);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What the process must have in its environment. Time that only passes, which waiting goes by, stays as it is. */
  Map<String, String> environment() {
    Path library = LIBRARIES.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "libfaketime: none of %s (expected: apt-get install libfaketime)"
                .formatted(LIBRARIES)));
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /** From now on it is so much later than it is. */
  void shift(Duration by) {
    try {
      Files.writeString(offset, "%+d\n".formatted(by.toSeconds()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(offset);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
