package io.holdfast.acceptance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL on a port of its own, to be stopped the hard way and started again on the same data. */
public final class Database implements AutoCloseable {
  private final Path directory;
  private final int port = FreePort.find();
  private String fsync = "off";
  private @Nullable EmbeddedPostgres running;
  private @Nullable Disk disk;

  public Database() {
    try {
      directory = Files.createTempDirectory("holdfast-postgres-");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  int port() {
    return port;
  }

  /** Waits for the disk at every commit, for measurements: what a test kills leaves its writes with the kernel. */
  public Database durable() {
    fsync = "on";
    return this;
  }

  /** Its data on a disk of its own: Linux, and root. */
  public Database onDisk(int megabytes) {
    disk = Disk.at(directory, megabytes);
    return this;
  }

  /** The disk it was given. */
  public Disk disk() {
    return Objects.requireNonNull(disk, "disk: none (expected: onDisk)");
  }

  public Database started() {
    start();
    return this;
  }

  public void start() {
    try {
      running = EmbeddedPostgres.builder()
          .setPort(port)
          .setDataDirectory(directory.resolve("data"))
          .setCleanDataDirectory(false)
          // The test library switches it off; then no acknowledged commit would survive.
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("fsync", fsync)
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A connection of the test's own. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), "postgres", "");
  }

  /** {@code kill -9} of all its processes. */
  public void kill() {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    close(running);
    running = null;
  }

  /** A start, if it has given up by itself. */
  public void revive() {
    boolean runs =
        Files.exists(directory.resolve("data/postmaster.pid")) && postmaster().isAlive();
    if (!runs) {
      close(running);
      start();
    }
  }

  private ProcessHandle postmaster() {
    try {
      long pid = Long.parseLong(
          Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0).trim());
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void close(@Nullable EmbeddedPostgres instance) {
    try {
      if (instance != null) {
        instance.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    close(running);
    if (disk != null) {
      disk.close();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
