package io.holdfast.faults;

import io.holdfast.checker.Read;
import io.holdfast.checker.Receipt;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.Limits;
import io.holdfast.protocol.Position;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads what was just acknowledged, on any node, over and over: by version asked for, strongly, or as it comes. */
final class Readers {
  private static final long EVERY_MS = 50;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Surroundings around;
  private final Random random;
  private final AtomicInteger failed = new AtomicInteger();
  private volatile boolean reading = true;

  Readers(Surroundings around, long seed) {
    this.around = around;
    this.random = new Random(seed);
    around.every(EVERY_MS, this::beat);
  }

  private void beat() {
    if (!reading) {
      return;
    }
    Optional<Receipt> receipt = around.recorder().recent(random);
    URI node = around.nodes().get(random.nextInt(around.nodes().size()));
    if (receipt.isPresent() && !receipt.get().command().entity().equals(Plan.LARGE)) {
      String entity = receipt.get().command().entity();
      switch (random.nextInt(3)) {
        case 0 -> read(node, entity, 0, true);
        case 1 -> read(node, entity, receipt.get().version(), false);
        default -> read(node, entity, 0, false);
      }
    }
  }

  /** Reads once; true if there was a document. */
  CompletableFuture<Boolean> read(URI node, String entity, long atLeast, boolean strong) {
    String query = strong ? "consistency=strong" : "min-version=" + atLeast;
    HttpRequest request = HttpRequest.newBuilder(
            URI.create(node + "/v1/state/" + entity + "?" + query))
        .timeout(LONGEST)
        .header("Authorization", "Bearer " + around.token("reader"))
        .build();
    long invoked = System.nanoTime();
    return around
        .http()
        .sendAsync(request, BodyHandlers.ofByteArray())
        .handle((answer, problem) -> answer != null
            && answer.statusCode() == 200
            && record(answer, entity, invoked, atLeast, strong))
        .whenComplete((found, problem) -> {
          if (!Boolean.TRUE.equals(found)) {
            failed.incrementAndGet();
          }
        });
  }

  private boolean record(
      HttpResponse<byte[]> answer, String entity, long invoked, long atLeast, boolean strong) {
    String etag = answer.headers().firstValue("ETag").orElse("").replace("\"", "");
    Position at = Position.parse(etag).orElseThrow();
    around
        .recorder()
        .read(new Read(
            invoked,
            System.nanoTime(),
            entity,
            at.epoch(),
            at.version(),
            document(answer.body()),
            atLeast,
            strong));
    return true;
  }

  private static Json document(byte[] body) {
    try {
      return JsonReader.read(body, Limits.DEFAULT);
    } catch (JsonRefused refused) {
      throw new IllegalStateException("body: not JSON (expected: the document)", refused);
    }
  }

  void stop() {
    reading = false;
  }

  /** Reads that got no document: refused, timed out, or no node there. */
  int failed() {
    return failed.get();
  }
}
