package io.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy before a PostgreSQL that misbehaves as networks and servers do: it can be slow, swallow everything, turn everybody
 * away, or lose the answer to a commit. Each call takes effect at once, on open connections too.
 */
public final class DatabaseProxy implements AutoCloseable {
  private enum Mode {
    PASS,
    SLOW,
    BLACK_HOLE,
    REFUSE
  }

  private final int databasePort;
  private final ServerSocket listener;
  private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cutsLeft = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private Mode mode = Mode.PASS;
  private Duration delay = Duration.ZERO;

  private DatabaseProxy(int databasePort, ServerSocket listener) {
    this.databasePort = databasePort;
    this.listener = listener;
  }

  /** A proxy on a free port of 127.0.0.1, to the database on {@code databasePort}, which need not be up yet. */
  public static DatabaseProxy to(int databasePort) {
    return on("127.0.0.1", databasePort);
  }

  /** The same on another address of this machine. */
  static DatabaseProxy on(String host, int databasePort) {
    try {
      ServerSocket listener = new ServerSocket(0, 200, InetAddress.getByName(host));
      DatabaseProxy proxy = new DatabaseProxy(databasePort, listener);
      ProxiedConnection.thread("database-proxy", proxy::acceptAll);
      return proxy;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url() {
    String host = listener.getInetAddress().getHostAddress();
    return "jdbc:postgresql://%s:%d/postgres".formatted(host, port());
  }

  /** Lets everything through; what a black hole or slowness held back goes on its way. */
  public void pass() {
    become(Mode.PASS, Duration.ZERO);
  }

  /** Every answer of the database waits for {@code each} first. */
  public void slow(Duration each) {
    become(Mode.SLOW, each);
  }

  /** Accepts connections and bytes and lets none through. */
  public void blackHole() {
    become(Mode.BLACK_HOLE, Duration.ZERO);
  }

  /** Closes every connection, and new ones as soon as they come. */
  public void refuse() {
    become(Mode.REFUSE, Duration.ZERO);
    open.forEach(ProxiedConnection::close);
  }

  /** The next {@code times} commits that write events reach the database, but their answers are lost with the connection. */
  public void cutAfterCommits(int times) {
    cutsLeft.set(times);
  }

  /** How many answers to commits were lost so. */
  public int cuts() {
    return cuts.get();
  }

  /** Connections open now. */
  public int connections() {
    return open.size();
  }

  private synchronized void become(Mode next, Duration each) {
    mode = next;
    delay = each;
    notifyAll();
  }

  /** Returns when bytes may go on. */
  synchronized void gate(boolean endsAnAnswer) throws InterruptedException {
    long due = System.nanoTime() + delay.toNanos();
    while (mode == Mode.BLACK_HOLE) {
      wait();
    }
    long left = due - System.nanoTime();
    while (mode == Mode.SLOW && endsAnAnswer && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = due - System.nanoTime();
    }
  }

  /** Whether the answer to this commit is to be lost. */
  boolean takeCut() {
    boolean cut = cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (cut) {
      cuts.incrementAndGet();
    }
    return cut;
  }

  boolean mayCut() {
    return cutsLeft.get() > 0;
  }

  void forget(ProxiedConnection connection) {
    open.remove(connection);
  }

  private void acceptAll() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      if (refuses()) {
        client.close();
      } else {
        ProxiedConnection connection = new ProxiedConnection(this, client, databasePort);
        open.add(connection);
        connection.start();
      }
    }
  }

  private synchronized boolean refuses() {
    return mode == Mode.REFUSE;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    pass();
    open.forEach(ProxiedConnection::close);
  }
}
