package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Patch;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** The calls of the HTTP API that commands make. */
final class Api {
  private static final String JSON = "application/json";

  /** A document and the point in its life at which it was read. */
  record Document(Position tag, Json doc) {}

  private final Transport transport;

  Api(Transport transport) {
    this.transport = transport;
  }

  Document read(EntityId entity, Query query) throws CommandFailed {
    HttpRequest request =
        transport.request(path(entity) + query).header("Accept", JSON).build();
    return transport.call(request, (headers, body) -> new Document(tag(headers), json(body)));
  }

  /** The document as the entity itself has it, or empty if there is none. */
  Optional<Document> latest(EntityId entity) throws CommandFailed {
    try {
      return Optional.of(read(entity, new Query().and("consistency", "strong")));
    } catch (ServerRefused refused) {
      if (refused.problem().isNoDocument()) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** Where the entity stands now; its document is not read. */
  Position tag(EntityId entity) throws CommandFailed {
    HttpRequest request = transport
        .request(path(entity) + new Query().and("consistency", "strong"))
        .header("Accept", JSON)
        .build();
    return transport.call(request, (headers, body) -> tag(headers));
  }

  /** Where the entity's document is. */
  static String path(EntityId entity) {
    return "/v1/state/" + entity;
  }

  /** Any other JSON resource. */
  Json resource(String pathAndQuery) throws CommandFailed {
    HttpRequest request = transport.request(pathAndQuery).header("Accept", JSON).build();
    return transport.call(request, (headers, body) -> json(body));
  }

  Position put(EntityId entity, HttpRequest.BodyPublisher document, Condition condition, String key)
      throws CommandFailed {
    return write(entity, "PUT", JSON, document, condition, key);
  }

  Position delete(EntityId entity, Condition condition, String key) throws CommandFailed {
    return write(entity, "DELETE", "", BodyPublishers.noBody(), condition, key);
  }

  Position patch(EntityId entity, Patch patch, Condition condition, String key)
      throws CommandFailed {
    byte[] ops = JsonWriter.canonical(patch.toJson());
    return write(
        entity,
        "PATCH",
        "application/json-patch+json",
        BodyPublishers.ofByteArray(ops),
        condition,
        key);
  }

  private Position write(
      EntityId entity,
      String method,
      String type,
      HttpRequest.BodyPublisher body,
      Condition condition,
      String key)
      throws CommandFailed {
    HttpRequest.Builder request = transport
        .request(path(entity))
        .method(method, body)
        .header("Idempotency-Key", key)
        .header("Accept", JSON);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    condition.addTo(request);
    return transport.call(request.build(), Api::written);
  }

  private static Position written(HttpHeaders headers, InputStream body)
      throws IOException, CommandFailed {
    Optional<Position> tag = headers.firstValue("ETag").flatMap(Etag::parse);
    if (tag.isPresent()) {
      return tag.get();
    }
    Json answer = json(body);
    return Reading.number(answer, "version")
        .map(version -> new Position(Reading.number(answer, "epoch").orElse(0L), version))
        .orElseThrow(() -> unexpected("an answer without a version"));
  }

  /** The members of the kind's definition; empty when the caller may not see it. */
  JsonObject kind(String kind) throws CommandFailed {
    return resource("/v1/kinds/" + kind) instanceof JsonObject definition
        ? definition
        : JsonObject.empty();
  }

  private static Position tag(HttpHeaders headers) throws CommandFailed {
    return headers
        .firstValue("ETag")
        .flatMap(Etag::parse)
        .orElseThrow(() -> unexpected("an answer without an ETag EPOCH.VERSION"));
  }

  private static Json json(InputStream body) throws IOException, CommandFailed {
    try {
      return JsonReader.read(body, Reading.LIMITS);
    } catch (JsonRefused refused) {
      throw unexpected("JSON that is none: " + refused.detail());
    }
  }

  private static CommandFailed unexpected(String what) {
    return new CommandFailed(
        ExitCode.REFUSED, "the server sent " + what + " (expected: a Holdfast server)");
  }
}
