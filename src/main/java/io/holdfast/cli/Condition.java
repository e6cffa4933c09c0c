package io.holdfast.cli;

import io.holdfast.protocol.Position;
import java.net.http.HttpRequest;

/** What must hold for a write to be applied: a precondition header, or none. */
record Condition(String header, String value) {
  static final Condition NONE = new Condition("", "");

  /** There is no document yet. */
  static final Condition ABSENT = new Condition("If-None-Match", "*");

  static Condition at(Position tag) {
    return new Condition("If-Match", Etag.of(tag));
  }

  void addTo(HttpRequest.Builder request) {
    if (!header.isEmpty()) {
      request.header(header, value);
    }
  }
}
