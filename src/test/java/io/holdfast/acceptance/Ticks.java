package io.holdfast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of processes, from Linux's /proc. */
final class Ticks {
  private static final double PER_SECOND = 100;

  private Ticks() {}

  /** Seconds a process has used, in user space and in the kernel. */
  static double seconds(long pid) throws IOException {
    String[] fields = Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
        .replaceFirst("^.*\\) ", "")
        .split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / PER_SECOND;
  }

  /** Seconds all cores have been idle. */
  static double idleSeconds() throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +");
    return (Long.parseLong(fields[4]) + Long.parseLong(fields[5])) / PER_SECOND;
  }
}
