package io.holdfast.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Reads a stream of Server-Sent Events (WHATWG HTML, 9.2.6). */
final class EventReader {
  /** One event: its name ({@code message} if none was given), the last id seen so far, and its data. */
  record Event(String name, String id, String data) {}

  private final BufferedReader lines;
  private String lastId = "";

  EventReader(BufferedReader lines) {
    this.lines = lines;
  }

  /** The next event; empty when the stream has ended. An event the stream broke off in is dropped. */
  Optional<Event> next() throws IOException {
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          data.setLength(data.length() - 1);
          return Optional.of(new Event(name.isEmpty() ? "message" : name, lastId, data.toString()));
        }
        name = "";
        continue;
      }
      String value = value(line);
      switch (field(line)) {
        case "event" -> name = value;
        case "data" -> data.append(value).append('\n');
        case "id" -> lastId = value;
        default -> {} // comments, retry and what later versions may add
      }
    }
    return Optional.empty();
  }

  private static String field(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }

  private static String value(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return "";
    }
    return line.startsWith(": ", colon) ? line.substring(colon + 2) : line.substring(colon + 1);
  }
}
