package io.holdfast.kind;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where a source kind's documents come from and how long they are good.
 *
 * @param url an http(s) URL; {@code {id}} stands for the entity's id
 * @param headers sent with every request; {@code ${NAME}} in a value stands for an environment variable, so that no secret is
 *     part of the definition, which anyone can read
 * @param ttl how long a document is fresh
 * @param staleWhileRevalidate how long after that it is served while a new one is fetched
 * @param staleIfError how long after that it is served while the origin fails
 * @param timeout of one request
 * @param tags names under which all its documents can be invalidated
 */
public record Origin(
    String url,
    Map<String, String> headers,
    Duration ttl,
    Duration staleWhileRevalidate,
    Duration staleIfError,
    Duration timeout,
    List<String> tags) {
  public Origin {
    headers = Map.copyOf(headers);
    tags = List.copyOf(tags);
  }
}
