package io.holdfast.document;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A persistent object whose keys are kept in RFC 8785 order (UTF-16 code units); one member's change costs O(log size). */
public final class JsonObject implements Json {
  private JsonObject() {}

  public static JsonObject empty() {
    throw new UnsupportedOperationException();
  }

  public static JsonObject of(Map<String, ? extends Json> members) {
    throw new UnsupportedOperationException();
  }

  public int size() {
    throw new UnsupportedOperationException();
  }

  public boolean has(String key) {
    throw new UnsupportedOperationException();
  }

  public Optional<Json> member(String key) {
    throw new UnsupportedOperationException();
  }

  /** The same object with {@code key} set; the object itself if the value is already the same reference. */
  public JsonObject with(String key, Json value) {
    throw new UnsupportedOperationException();
  }

  /** The same object without {@code key}; the object itself if there was none. */
  public JsonObject without(String key) {
    throw new UnsupportedOperationException();
  }

  /** Members in key order. */
  public void forEach(BiConsumer<? super String, ? super Json> action) {
    throw new UnsupportedOperationException();
  }

  /** Members in key order, lazily; a view, not a copy. */
  public Iterable<Map.Entry<String, Json>> members() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int encodedBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int depth() {
    throw new UnsupportedOperationException();
  }
}
