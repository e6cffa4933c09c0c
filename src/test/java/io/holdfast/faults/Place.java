package io.holdfast.faults;

import io.holdfast.acceptance.FreePort;
import io.holdfast.acceptance.JavaProcess;
import io.holdfast.acceptance.NodeHome;
import io.holdfast.acceptance.NodeProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One place for a node, with an address and ports it keeps over restarts. Thread-safe. */
final class Place implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(90);

  private final NodeHome home;
  private final String host;
  private final WallClock clock = new WallClock();
  private final int http = FreePort.find();
  private final int remoting = FreePort.find();
  private final List<JavaProcess> processes = new ArrayList<>();
  private @Nullable NodeProcess node;
  private boolean wanted;
  private int deaths;

  Place(NodeHome home, String host) {
    this.host = host;
    this.home = home.with("HOLDFAST_HTTP_HOST", host)
        .with("HOLDFAST_HTTP_PORT", String.valueOf(http))
        .with("HOLDFAST_REMOTING_HOST", host)
        .with("HOLDFAST_REMOTING_PORT", String.valueOf(remoting));
  }

  /** The time of day here; nodes go by it if they have its environment. */
  WallClock clock() {
    return clock;
  }

  /** Where clients connect to. */
  URI url() {
    return URI.create("http://%s:%d".formatted(host, http));
  }

  /** Where the other nodes find it. */
  String seed() {
    return host + ":" + remoting;
  }

  /** The environment of what starts here next. */
  synchronized void set(String variable, String value) {
    home.with(variable, value);
  }

  /** Begins to start a node. */
  synchronized JavaProcess launch() {
    JavaProcess launched = home.launch();
    processes.add(launched);
    return launched;
  }

  /** Waits until the node launched here serves. */
  synchronized void settle(JavaProcess launched) {
    node = NodeProcess.of(launched);
    wanted = true;
  }

  synchronized void start() {
    settle(launch());
  }

  synchronized void kill() {
    wanted = false;
    process().kill();
  }

  /** SIGTERM; the exit code. */
  synchronized int terminate() {
    wanted = false;
    process().terminate();
    return process().awaitExit(STOP);
  }

  /** What a supervisor does: starts a successor of a node that ended by itself. */
  synchronized void revive() {
    if (wanted && !process().isAlive()) {
      deaths++;
      start();
    }
  }

  /** How many ended by themselves. */
  synchronized int deaths() {
    return deaths;
  }

  /** What all nodes here printed, the first one first. */
  synchronized String said() {
    return processes.stream()
        .map(JavaProcess::said)
        .collect(Collectors.joining("\n---- the next one ----\n"));
  }

  /** SIGSTOP, SIGCONT and the like. */
  synchronized void signal(String signal) {
    process().signal(signal);
  }

  private JavaProcess process() {
    NodeProcess running = node;
    if (running == null) {
      throw new IllegalStateException("node: none yet (expected: one that was started)");
    }
    return running.process();
  }

  @Override
  public synchronized void close() {
    wanted = false;
    NodeProcess running = node;
    if (running != null) {
      running.close();
    }
    home.close();
    clock.close();
  }
}
