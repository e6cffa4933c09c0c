package io.holdfast.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file system of its own, to be filled up: Linux, and root. */
public final class Disk implements AutoCloseable {
  private static final int BLOCK = 64 * 1024;

  private final Path directory;
  private final Path filler;
  /** Whoever is told to end in the middle of it leaves no disk behind. */
  private final Thread atExit = new Thread(this::unmount, "unmount");

  private Disk(Path directory) {
    this.directory = directory;
    this.filler = directory.resolve("filler");
  }

  /** Takes the place of an empty directory. */
  static Disk at(Path directory, int megabytes) {
    RootCommand.run(
        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "holdfast", directory.toString());
    Disk disk = new Disk(directory);
    Runtime.getRuntime().addShutdownHook(disk.atExit);
    return disk;
  }

  /** From here on nobody can write another block. */
  public void fill() {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE_NEW)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space")) {
        throw new UncheckedIOException(full);
      }
    }
  }

  /** There is room again. */
  public void free() {
    try {
      Files.deleteIfExists(filler);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    unmount();
  }

  private void unmount() {
    RootCommand.run("umount", "--lazy", directory.toString());
  }
}
