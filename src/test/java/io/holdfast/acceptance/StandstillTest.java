package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node that stands still until the others have given it up, and then goes on as if nothing had happened. */
final class StandstillTest {
  private static final Duration MOST = Duration.ofSeconds(90);
  private static final int NOTES = 12;
  private static final int READS = 40;

  @Test
  void whatOthersWroteMeanwhileIsNotHiddenByOldCopies() {
    ExecutorService threads = Executors.newFixedThreadPool(NOTES);
    try (Trio trio = Trio.started()) {
      List<String> notes = IntStream.range(0, NOTES)
          .mapToObj(i -> "/v1/state/" + Names.entity("note"))
          .toList();
      NodeProcess sleeper = trio.node(2);
      notes.forEach(note -> write(trio.node(0), note, "old"));
      notes.forEach(note ->
          await().atMost(MOST).until(() -> sleeper.http().get(note).text().equals("\"old\"")));

      sleeper.process().signal("STOP");
      notes.forEach(note -> write(trio.node(0), note, "new"));
      List<CompletableFuture<List<String>>> readers = notes.stream()
          .map(note -> CompletableFuture.supplyAsync(() -> reads(sleeper, note), threads))
          .toList();
      sleeper.process().signal("CONT");

      for (CompletableFuture<List<String>> reader : readers) {
        assertThat(reader.join()).doesNotContain("\"old\"");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** An entity that lived with the sleeper is written to once it lives elsewhere. */
  private static void write(NodeProcess node, String note, String value) {
    String[] once = {"Idempotency-Key", Names.fresh("key")};
    await()
        .atMost(MOST)
        .until(() -> node.http().put(note, "'" + value + "'", once).status() == 200);
  }

  /** What a reader gets that asks again and again, from before the node goes on; nothing where it is told to wait or nobody answers. */
  private static List<String> reads(NodeProcess node, String note) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < READS; i++) {
      try {
        HttpCalls.Answer answer = node.http().get(note);
        if (answer.status() == 200) {
          texts.add(answer.text());
        }
      } catch (AssertionError | RuntimeException gone) {
        texts.add("(gone)");
      }
    }
    return texts;
  }
}
