package io.holdfast.cli;

import io.holdfast.document.Json;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonRefused;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * An RFC 9457 problem as the server sends it.
 *
 * @param code one of the protocol's codes; {@code HTTP 502} and the like when something else than Holdfast answered
 * @param pointer empty when the problem concerns no place in a document
 * @param retryAfter zero when the server does not say
 */
record Problem(int status, String code, String detail, String pointer, Duration retryAfter) {

  /** Reads what there is; an answer that is no problem document still gives a code. */
  static Problem read(int status, HttpHeaders headers, InputStream body) throws IOException {
    Duration retryAfter = retryAfter(headers);
    try {
      Json json = JsonReader.read(body, Reading.LIMITS);
      if (json instanceof JsonObject problem) {
        return of(status, problem, retryAfter);
      }
    } catch (JsonRefused notJson) {
      return bare(status, retryAfter);
    }
    return bare(status, retryAfter);
  }

  private static Problem of(int status, JsonObject problem, Duration retryAfter) {
    String code = Reading.text(problem, "code").orElse("HTTP " + status);
    String detail =
        Reading.text(problem, "detail").or(() -> Reading.text(problem, "title")).orElse("");
    return new Problem(
        status, code, detail, Reading.text(problem, "pointer").orElse(""), retryAfter);
  }

  private static Problem bare(int status, Duration retryAfter) {
    return new Problem(status, "HTTP " + status, "", "", retryAfter);
  }

  /** Seconds, or an HTTP date (RFC 9110, 10.2.3). */
  private static Duration retryAfter(HttpHeaders headers) {
    String value = headers.firstValue("Retry-After").orElse("0").trim();
    try {
      return value.matches("\\d{1,9}")
          ? Duration.ofSeconds(Long.parseLong(value))
          : until(
              ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException unreadable) {
      return Duration.ZERO;
    }
  }

  private static Duration until(Instant moment) {
    Duration left = Duration.between(Instant.now(), moment);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether the path is right and the document is not there, as opposed to a kind nobody declared. */
  boolean isNoDocument() {
    return status == 404 && !code.equals("unknown-kind");
  }

  /** {@code code: detail (at /pointer)}. */
  String line() {
    String line = detail.isEmpty() ? code : code + ": " + detail.replaceAll("\\R", " ");
    return pointer.isEmpty() ? line : line + " (at " + pointer + ")";
  }
}
