package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonString;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the {@code source} of a kind file. */
final class OriginReader {
  private static final List<String> MEMBERS =
      List.of("url", "headers", "ttl", "staleWhileRevalidate", "staleIfError", "timeout", "tags");
  private static final String ID = "{id}";
  private static final Duration TTL = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E]{0,1024}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z][A-Z0-9_]{0,63}}");
  private static final Set<String> SECRET = Set.of(
      "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token");

  private final Definition source;

  private OriginReader(Definition source) {
    this.source = source;
  }

  static Origin read(Definition source) throws KindRefused {
    source.allowOnly(MEMBERS);
    return new OriginReader(source).origin();
  }

  private Origin origin() throws KindRefused {
    Duration timeout = source.duration("timeout", TIMEOUT);
    if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw source.wrong("timeout", "1ms … 1m");
    }
    return new Origin(
        url(),
        headers(),
        source.duration("ttl", TTL),
        source.duration("staleWhileRevalidate", Duration.ZERO),
        source.duration("staleIfError", Duration.ZERO),
        timeout,
        tags());
  }

  private String url() throws KindRefused {
    String url = source.string("url").orElse("");
    Optional<URI> one = uri(url.replace(ID, "one"));
    Optional<URI> other = uri(url.replace(ID, "other"));
    if (one.isEmpty() || !one.map(URI::getAuthority).equals(other.map(URI::getAuthority))) {
      throw source.wrong(
          "url",
          "an http(s) URL without credentials, in whose path or query {id} stands for the entity's id");
    }
    return url;
  }

  private static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean usable = Set.of("http", "https").contains(scheme)
          && uri.getHost() != null
          && uri.getUserInfo() == null;
      return usable ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  private Map<String, String> headers() throws KindRefused {
    Definition written = source.object("headers");
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, Json> header : written.object().members()) {
      String name = header.getKey();
      if (!HEADER_NAME.matcher(name).matches()) {
        throw written.refused(
            Tokens.child(written.pointer(), name),
            "header: %s (expected: an HTTP header name)".formatted(Shown.text(name)));
      }
      headers.put(name, headerValue(written, name, header.getValue()));
    }
    return headers;
  }

  private static String headerValue(Definition headers, String name, Json value)
      throws KindRefused {
    if (!(value instanceof JsonString text)
        || !HEADER_VALUE.matcher(text.value()).matches()) {
      throw headers.wrong(name, "a string of printable ASCII characters");
    }
    if (SECRET.contains(name.toLowerCase(Locale.ROOT))
        && !VARIABLE.matcher(text.value()).find()) {
      throw headers.refused(
          Tokens.child(headers.pointer(), name),
          "%s: a secret in the file (expected: ${NAME} of an environment variable that holds it)"
              .formatted(name));
    }
    return text.value();
  }

  private List<String> tags() throws KindRefused {
    List<String> tags = source.strings("tags");
    for (String tag : tags) {
      if (!TAG.matcher(tag).matches()) {
        throw source.refused(
            Tokens.child(source.pointer(), "tags") + "/" + tags.indexOf(tag),
            "tag: %s (expected: 1 … 64 of A-Z a-z 0-9 . _ : -)".formatted(Shown.text(tag)));
      }
    }
    return tags;
  }
}
