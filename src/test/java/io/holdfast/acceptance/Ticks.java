package io.holdfast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time of processes, from Linux's /proc. */
final class Ticks {
  private static final double PER_SECOND = 100;

  private Ticks() {}

  /** Seconds a process has used, in user space and in the kernel. */
  static double seconds(long pid) throws IOException {
    return used(Path.of("/proc", Long.toString(pid), "stat"));
  }

  /** How many of those a JVM's compilers have used. */
  static double compilerSeconds(long pid) throws IOException {
    double seconds = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads.toList()) {
        if (Files.readString(thread.resolve("comm")).contains("Compiler")) {
          seconds += used(thread.resolve("stat"));
        }
      }
    }
    return seconds;
  }

  private static double used(Path stat) throws IOException {
    String[] fields = Files.readString(stat).replaceFirst("^.*\\) ", "").split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / PER_SECOND;
  }
}
