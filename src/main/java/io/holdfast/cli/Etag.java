package io.holdfast.cli;

import io.holdfast.protocol.Position;
import java.util.Optional;

/** Positions as ETags write them: {@code "EPOCH.VERSION"}. */
final class Etag {
  private Etag() {}

  static String of(Position position) {
    return '"' + position.toString() + '"';
  }

  static Optional<Position> parse(String etag) {
    return Position.parse(etag.trim().replaceFirst("^W/", "").replaceAll("^\"|\"$", ""));
  }
}
