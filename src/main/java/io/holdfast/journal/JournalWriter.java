package io.holdfast.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what many entities persist in few transactions: whatever waits when a connection is free goes in one statement. An atomic
 * write is never torn; one that the database refuses fails alone.
 */
final class JournalWriter {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

  /** One entity's atomic write, or a task, and who waits for it. */
  private record Waiting(
      List<Row> rows, Optional<Inserts.Task> task, CompletableFuture<Void> written) {}

  private final Inserts inserts;
  private final Executor answers;
  private final int batchRows;
  private final int queueRows;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile long writtenAt = System.nanoTime();

  /** {@code answers} runs what waits for a batch, once per batch. */
  JournalWriter(Inserts inserts, int writers, int batchRows, int queueRows, Executor answers) {
    this.inserts = inserts;
    this.answers = answers;
    this.batchRows = batchRows;
    this.queueRows = queueRows;
    for (int i = 1; i <= writers; i++) {
      Thread thread = new Thread(this::run, "holdfast-journal-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  void stop() {
    threads.forEach(Thread::interrupt);
  }

  /** Rows that wait. */
  int queued() {
    return queued.get();
  }

  /** Completes when the rows are committed; fails when they are not or nobody knows. */
  CompletableFuture<Void> write(List<Row> rows) {
    if (queued.addAndGet(rows.size()) > queueRows) {
      queued.addAndGet(-rows.size());
      return CompletableFuture.failedFuture(new RejectedExecutionException(
          "journal queue: full (expected: ≤ %d rows waiting)".formatted(queueRows)));
    }
    return enqueue(new Waiting(rows, Optional.empty(), new CompletableFuture<>()));
  }

  /** Takes the way that writes take, behind those that wait; for a sign of life. */
  CompletableFuture<Void> run(Inserts.Task task) {
    return enqueue(new Waiting(List.of(), Optional.of(task), new CompletableFuture<>()));
  }

  private CompletableFuture<Void> enqueue(Waiting waiting) {
    queue.add(waiting);
    return waiting.written();
  }

  /** When something was written last, by {@link System#nanoTime}. */
  long writtenAt() {
    return writtenAt;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        writeAll(next());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Waiting> next() throws InterruptedException {
    List<Waiting> batch = new ArrayList<>();
    Waiting head = queue.take();
    int rows = 0;
    while (head != null) {
      if (head.task().isPresent()) {
        runTask(head.task().get(), head.written());
      } else {
        batch.add(head);
      }
      rows += head.rows().size();
      head = rows < batchRows ? queue.poll() : null;
    }
    queued.addAndGet(-rows);
    return batch;
  }

  private void runTask(Inserts.Task task, CompletableFuture<Void> done) {
    try {
      inserts.run(task);
      writtenAt = System.nanoTime();
      done.complete(null);
    } catch (SQLException | RuntimeException failed) {
      done.completeExceptionally(failed);
    }
  }

  private void writeAll(List<Waiting> batch) {
    if (batch.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>();
    batch.forEach(waiting -> rows.addAll(waiting.rows()));
    try {
      inserts.insert(rows);
      writtenAt = System.nanoTime();
      answers.execute(() -> batch.forEach(waiting -> waiting.written().complete(null)));
    } catch (SQLException | RuntimeException failed) {
      onFailure(batch, failed);
    }
  }

  private void onFailure(List<Waiting> batch, Exception failed) {
    if (batch.size() > 1 && failed instanceof SQLException sql && isRefusedData(sql)) {
      LOG.warn(
          "journal: a batch of {} was refused, writing each alone: {}",
          batch.size(),
          failed.getMessage());
      batch.forEach(waiting -> writeAll(List.of(waiting)));
      return;
    }
    LOG.warn("journal: write of {} failed: {}", batch.size(), failed.getMessage());
    answers.execute(
        () -> batch.forEach(waiting -> waiting.written().completeExceptionally(failed)));
  }

  /** Class 22: bad data, class 23: a constraint, 54: too large; the transaction rolled back, so writing again is safe. */
  private static boolean isRefusedData(SQLException failed) {
    String state = failed.getSQLState() == null ? "" : failed.getSQLState();
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
  }
}
