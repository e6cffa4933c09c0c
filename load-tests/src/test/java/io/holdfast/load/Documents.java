package io.holdfast.load;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Documents of the shape {@code {title, todos: [{id, text, done}]}}. */
final class Documents {
  private Documents() {}

  static String board(String title, int todos) {
    String elements = IntStream.range(0, todos)
        .mapToObj("{\"id\":\"%1$d\",\"text\":\"todo %1$d\",\"done\":false}"::formatted)
        .collect(Collectors.joining(","));
    return "{\"title\":\"%s\",\"todos\":[%s]}".formatted(title, elements);
  }
}
