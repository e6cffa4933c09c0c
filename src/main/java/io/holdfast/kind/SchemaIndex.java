package io.holdfast.kind;

import io.holdfast.document.Json;
import io.holdfast.document.JsonArray;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every subschema of one schema document by its place, and the names references may call them by. Nothing outside is ever read. */
final class SchemaIndex {
  private static final URI ROOT = URI.create("holdfast://schema/");
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** A subschema and the URI its references are relative to. */
  record Place(String pointer, Json schema, URI base) {}

  /** A member that is no keyword of this draft but surely meant one. */
  record Misspelt(String pointer, String name, String meant) {}

  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<URI, String> resources = new HashMap<>();
  private final Map<String, String> anchors = new HashMap<>();
  private final List<Misspelt> misspelt = new ArrayList<>();
  private final Map<URI, Map<String, String>> dynamicAnchors = new HashMap<>();

  private SchemaIndex() {}

  static SchemaIndex of(Json schema) throws SchemaRefused {
    SchemaIndex index = new SchemaIndex();
    index.resources.put(ROOT, "");
    index.add("", schema, ROOT);
    return index;
  }

  /** The subschema at a JSON pointer of the document. */
  Place at(String pointer) {
    Place place = places.get(pointer);
    if (place == null) {
      throw new IllegalArgumentException(
          "schema: %s (expected: a place that was indexed)".formatted(pointer));
    }
    return place;
  }

  /** Every subschema's place. */
  Set<String> pointers() {
    return Collections.unmodifiableSet(places.keySet());
  }

  List<Misspelt> misspelt() {
    return misspelt;
  }

  /** The dynamic scope once a subschema with this base is entered: of two resources with one dynamic anchor the outer one counts. */
  Map<String, String> enter(URI base, Map<String, String> scope) {
    Map<String, String> own = dynamicAnchors.getOrDefault(base, Map.of());
    if (scope.keySet().containsAll(own.keySet())) {
      return scope;
    }
    Map<String, String> entered = new HashMap<>(own);
    entered.putAll(scope);
    return Map.copyOf(entered);
  }

  /** The place a {@code $dynamicRef} of {@code from} means within a dynamic scope. */
  Place resolve(Place from, String reference, Map<String, String> scope) throws SchemaRefused {
    Place first = resolve(from, "$dynamicRef", reference);
    String anchor = reference.substring(reference.indexOf('#') + 1);
    boolean isDynamic = first
        .pointer()
        .equals(dynamicAnchors.getOrDefault(first.base(), Map.of()).get(anchor));
    return isDynamic ? at(scope.getOrDefault(anchor, first.pointer())) : first;
  }

  /** The place a {@code $ref} or {@code $dynamicRef} of {@code from} means. */
  Place resolve(Place from, String keyword, String reference) throws SchemaRefused {
    String at = Tokens.child(from.pointer(), keyword);
    URI target = uri(from.base(), reference, at);
    String resource = resources.get(withoutFragment(target));
    if (resource == null) {
      throw new SchemaRefused(
          at,
          "reference: \"%s\" (expected: a place in this schema, such as #/$defs/NAME)"
              .formatted(reference));
    }
    String fragment = Optional.ofNullable(target.getFragment()).orElse("");
    Optional<String> pointer = fragment.isEmpty() || fragment.startsWith("/")
        ? Optional.of(resource + fragment)
        : Optional.ofNullable(anchors.get(target.toString()));
    Place place = pointer.map(places::get).orElse(null);
    if (place == null) {
      throw new SchemaRefused(
          at, "reference: \"%s\" (expected: a place that is a schema)".formatted(reference));
    }
    return place;
  }

  private void add(String pointer, Json schema, URI outer) throws SchemaRefused {
    URI base = outer;
    if (schema instanceof JsonObject object) {
      base = identify(pointer, object, outer);
      for (Map.Entry<String, Json> member : object.members()) {
        addKeyword(pointer, member.getKey(), member.getValue(), base);
      }
    }
    places.put(pointer, new Place(pointer, schema, base));
  }

  private URI identify(String pointer, JsonObject schema, URI outer) throws SchemaRefused {
    Optional<String> dialect = string(schema, "$schema");
    if (dialect.isPresent() && !withoutHash(dialect.get()).equals(DIALECT)) {
      String at = Tokens.child(pointer, "$schema");
      throw new SchemaRefused(
          at, "$schema: \"%s\" (expected: \"%s\")".formatted(dialect.get(), DIALECT));
    }
    URI base = outer;
    Optional<String> id = string(schema, "$id");
    if (id.isPresent()) {
      String at = Tokens.child(pointer, "$id");
      base = withoutFragment(uri(outer, id.get(), at));
      claim(resources.putIfAbsent(base, pointer), pointer, at, id.get());
    }
    for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
      Optional<String> anchor = string(schema, keyword);
      if (anchor.isPresent()) {
        String earlier = anchors.putIfAbsent(base + "#" + anchor.get(), pointer);
        claim(earlier, pointer, Tokens.child(pointer, keyword), anchor.get());
      }
    }
    Map<String, String> dynamic = dynamicAnchors.computeIfAbsent(base, resource -> new HashMap<>());
    string(schema, "$dynamicAnchor").ifPresent(anchor -> dynamic.put(anchor, pointer));
    return base;
  }

  private static void claim(@Nullable String earlier, String pointer, String at, String name)
      throws SchemaRefused {
    if (earlier != null && !earlier.equals(pointer)) {
      throw new SchemaRefused(
          at, "name: \"%s\" (expected: one that is not taken by #%s)".formatted(name, earlier));
    }
  }

  private void addKeyword(String parent, String name, Json value, URI base) throws SchemaRefused {
    String pointer = Tokens.child(parent, name);
    Keyword keyword = Keyword.ALL.get(name);
    Keyword.meantBy(name).ifPresent(meant -> misspelt.add(new Misspelt(pointer, name, meant)));
    if (keyword == null) {
      return;
    }
    switch (keyword.holds()) {
      case SCHEMA -> add(pointer, value, base);
      case LIST -> addAll(pointer, (JsonArray) value, base);
      case MAP -> addAll(pointer, (JsonObject) value, base);
      case NOTHING -> {}
    }
  }

  private void addAll(String pointer, JsonArray schemas, URI base) throws SchemaRefused {
    int index = 0;
    for (Json schema : schemas) {
      add(pointer + "/" + index, schema, base);
      index++;
    }
  }

  private void addAll(String pointer, JsonObject schemas, URI base) throws SchemaRefused {
    for (Map.Entry<String, Json> schema : schemas.members()) {
      add(Tokens.child(pointer, schema.getKey()), schema.getValue(), base);
    }
  }

  private static Optional<String> string(JsonObject schema, String member) {
    return schema.member(member).map(value -> ((JsonString) value).value());
  }

  private static URI uri(URI base, String reference, String at) throws SchemaRefused {
    try {
      URI uri = new URI(reference);
      if (reference.isEmpty() || reference.startsWith("#")) {
        return new URI(withoutFragment(base) + reference);
      }
      return base.resolve(uri);
    } catch (URISyntaxException malformed) {
      throw new SchemaRefused(
          at, "reference: \"%s\" (expected: a URI reference)".formatted(reference));
    }
  }

  private static URI withoutFragment(URI uri) {
    return URI.create(withoutHash(uri.toString()));
  }

  private static String withoutHash(String uri) {
    int hash = uri.indexOf('#');
    return hash < 0 ? uri : uri.substring(0, hash);
  }
}
