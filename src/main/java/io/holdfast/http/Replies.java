package io.holdfast.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import io.holdfast.document.Json;
import io.holdfast.document.JsonBuffer;
import io.holdfast.document.JsonWriter;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Position;
import java.util.Optional;

/** What calls answer with, and the conditions they come with (RFC 9110, section 13). */
final class Replies {
  private Replies() {}

  static HttpResponse json(Json value) {
    return json(JsonWriter.canonical(value));
  }

  static HttpResponse json(byte[] encoded) {
    return HttpResponse.create()
        .withEntity(ContentTypes.APPLICATION_JSON, ByteString.fromArrayUnsafe(encoded));
  }

  static HttpResponse document(Position at, Json document) {
    return tagged(json(document), at);
  }

  static HttpResponse accepted(Position at, long version) {
    byte[] body =
        new JsonBuffer(32).ascii("{\"version\":").number(version).ascii("}").toBytes();
    return tagged(json(body), new Position(at.epoch(), version));
  }

  static HttpResponse notModified(Position at) {
    return tagged(HttpResponse.create().withStatus(304), at);
  }

  private static HttpResponse tagged(HttpResponse response, Position at) {
    return response
        .addHeader(RawHeader.create("ETag", '"' + at.toString() + '"'))
        .addHeader(RawHeader.create("Cache-Control", "private, no-cache"));
  }

  /** Whether the caller has that already. */
  static boolean hasAlready(HttpRequest request, Position at) {
    return header(request, "If-None-Match")
        .map(tags -> tags.contains('"' + at.toString() + '"'))
        .orElse(false);
  }

  static boolean wantsToCreate(HttpRequest request) {
    return header(request, "If-None-Match").map(tags -> tags.trim().equals("*")).orElse(false);
  }

  /** The position an {@code If-Match} names. */
  static Optional<Position> condition(HttpRequest request) {
    return header(request, "If-Match").map(Replies::position);
  }

  private static Position position(String tag) {
    String text = tag.trim();
    boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    return Optional.of(quoted ? text.substring(1, text.length() - 1) : "")
        .flatMap(Position::parse)
        .orElseThrow(() -> Problem.of(
            ErrorCode.BAD_FRAME,
            "If-Match: not a version (expected: \"EPOCH.VERSION\", as ETag gave it)"));
  }

  static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  static Optional<Long> number(HttpRequest request, String name) {
    return request.getUri().query().get(name).map(text -> number(name, text));
  }

  private static long number(String name, String text) {
    if (text.isEmpty() || text.length() > 15 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Problem.of(
          ErrorCode.BAD_FRAME, "%s: %s (expected: an integer ≥ 0)".formatted(name, text));
    }
    return Long.parseLong(text);
  }
}
