package io.holdfast.document;

import java.util.Iterator;
import java.util.List;

/** A persistent array: reading, replacing, inserting and removing one element cost O(log size) and share the rest. */
public final class JsonArray implements Json, Iterable<Json> {
  private JsonArray() {}

  public static JsonArray empty() {
    throw new UnsupportedOperationException();
  }

  public static JsonArray of(List<? extends Json> elements) {
    throw new UnsupportedOperationException();
  }

  public int size() {
    throw new UnsupportedOperationException();
  }

  /** The element at {@code index}; IndexOutOfBoundsException outside {@code [0, size)}. */
  public Json element(int index) {
    throw new UnsupportedOperationException();
  }

  public JsonArray with(int index, Json value) {
    throw new UnsupportedOperationException();
  }

  /** Inserts before {@code index}, {@code 0 … size}. */
  public JsonArray insert(int index, Json value) {
    throw new UnsupportedOperationException();
  }

  public JsonArray without(int index) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterator<Json> iterator() {
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
