package io.holdfast.http;

import akka.http.javadsl.model.HttpResponse;
import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.entity.Catalog;
import io.holdfast.protocol.ErrorCode;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/kinds} and {@code GET /v1/kinds/{kind}}: the definitions, which are no secret. */
final class KindCalls {
  private final Catalog catalog;

  KindCalls(Catalog catalog) {
    this.catalog = catalog;
  }

  HttpResponse all() {
    List<Json> definitions =
        catalog.all().stream().map(kind -> (Json) kind.kind().definition()).toList();
    return Replies.json(JsonObject.of(Map.of("kinds", JsonArray.of(definitions))));
  }

  HttpResponse one(String name) {
    return catalog
        .kind(name)
        .map(kind -> Replies.json(kind.kind().definition()))
        .orElseThrow(() -> Problem.of(
            ErrorCode.UNKNOWN_KIND, "kind: %s (expected: one of GET /v1/kinds)".formatted(name)));
  }
}
