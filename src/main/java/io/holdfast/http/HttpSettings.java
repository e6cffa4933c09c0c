package io.holdfast.http;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Set;

/**
 * The public port's limits, from {@code holdfast.http}.
 *
 * @param origins which web origins other than the node's own may use it
 * @param bodyBytes longest request body
 * @param bodyTimeout how long a body may take to arrive
 * @param readTimeout how long a read waits for the entity
 * @param loopbackOnly whether only requests naming this machine are answered (dev mode, against DNS rebinding)
 */
public record HttpSettings(
    Set<String> origins,
    int bodyBytes,
    Duration bodyTimeout,
    Duration readTimeout,
    boolean loopbackOnly) {
  public HttpSettings {
    origins = Set.copyOf(origins);
    if (bodyBytes < 1024) {
      throw new IllegalArgumentException(
          "http.body-bytes: %d (expected: ≥ 1024)".formatted(bodyBytes));
    }
  }

  public static HttpSettings from(Config root, boolean loopbackOnly) {
    Config config = root.getConfig("holdfast.http");
    return new HttpSettings(
        Set.copyOf(config.getStringList("origins")),
        config.getBytes("body-bytes").intValue(),
        config.getDuration("body-timeout"),
        config.getDuration("read-timeout"),
        loopbackOnly);
  }
}
