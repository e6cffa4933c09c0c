package io.holdfast.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The query part of a URL; parameters without a value are left out. */
final class Query {
  private final StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");

  Query and(String name, @Nullable Object value) {
    if (value != null) {
      String encoded =
          URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
      parameters.add(name + "=" + encoded);
    }
    return this;
  }

  @Override
  public String toString() {
    return parameters.toString();
  }
}
