package io.holdfast.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.holdfast.auth.Right;
import io.holdfast.document.JsonBuffer;
import io.holdfast.entity.Change;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.EntityId;
import io.holdfast.replica.History;
import io.holdfast.replica.Published;
import io.holdfast.replica.Receipts;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code GET …/history} and {@code GET …/receipts/{client}/{seq}}. */
final class HistoryCalls {
  private static final long DEFAULT_LIMIT = 100;
  private static final long MAX_LIMIT = 1000;

  private final Calls calls;
  private final History history;
  private final Receipts receipts;

  HistoryCalls(Calls calls, History history, Receipts receipts) {
    this.calls = calls;
    this.history = history;
    this.receipts = receipts;
  }

  CompletionStage<HttpResponse> history(HttpRequest request, EntityId entity) {
    long from = Replies.number(request, "from").orElse(1L);
    long to = Replies.number(request, "to").orElse(Long.MAX_VALUE);
    int limit = (int) Math.min(MAX_LIMIT, Replies.number(request, "limit").orElse(DEFAULT_LIMIT));
    return readable(request, entity, Right.HISTORY)
        .thenCompose(found -> history.changes(entity, from, to, limit))
        .thenApply(changes -> Replies.json(list(entity, changes)));
  }

  private CompletionStage<Published> readable(HttpRequest request, EntityId entity, Right right) {
    return calls
        .principal(request)
        .thenCompose(who -> calls.published(entity, 0).thenApply(found -> {
          calls.check(Right.READ, who, entity, found.document());
          calls.check(right, who, entity, found.document());
          return found;
        }));
  }

  private static byte[] list(EntityId entity, List<Change> changes) {
    JsonBuffer out = new JsonBuffer(256 + 256 * changes.size()).ascii("{\"changes\":[");
    for (int i = 0; i < changes.size(); i++) {
      change(out.ascii(i == 0 ? "" : ","), changes.get(i));
    }
    return out.ascii("],\"entity\":").string(entity.toString()).ascii("}").toBytes();
  }

  private static void change(JsonBuffer out, Change change) {
    ChangeMeta meta = change.meta();
    out.ascii("{\"at\":").number(meta.at()).ascii(",\"by\":").string(meta.by());
    out.ascii(",\"client\":").string(meta.client()).ascii(",\"ops\":").bytes(change.ops());
    out.ascii(",\"seq\":")
        .number(meta.seq())
        .ascii(",\"version\":")
        .number(meta.version())
        .ascii("}");
  }

  CompletionStage<HttpResponse> receipt(
      HttpRequest request, EntityId entity, String client, long seq) {
    return readable(request, entity, Right.READ)
        .thenCompose(found -> receipts.find(entity, client, seq, found.at().version()))
        .thenApply(
            found -> found.map(HistoryCalls::receipt).orElseThrow(() -> unknown(client, seq)));
  }

  private static Problem unknown(String client, long seq) {
    return Problem.notFound(
        "command: %s %d was not accepted (expected: send it again to have it judged)"
            .formatted(client, seq));
  }

  private static HttpResponse receipt(ChangeMeta meta) {
    JsonBuffer out = new JsonBuffer(160)
        .ascii("{\"at\":")
        .number(meta.at())
        .ascii(",\"by\":")
        .string(meta.by());
    out.ascii(",\"client\":")
        .string(meta.client())
        .ascii(",\"outcome\":\"accepted\",\"seq\":")
        .number(meta.seq());
    return Replies.json(
        out.ascii(",\"version\":").number(meta.version()).ascii("}").toBytes());
  }
}
