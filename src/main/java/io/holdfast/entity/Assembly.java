package io.holdfast.entity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts parts together again. Nodes keep the order between two actors, so what comes out of order is a rest of a message that was
 * cut off, and is dropped: its sender sends it again. Holds one unfinished message per stream, of few streams.
 */
public final class Assembly {
  private static final int MOST_STREAMS = 32;

  private final Map<Long, List<Part>> unfinished = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, List<Part>> eldest) {
      return size() > MOST_STREAMS;
    }
  };

  /** The bytes of the message that {@code part} completes, if it does. */
  Optional<byte[]> add(Part part) {
    List<Part> parts = unfinished.computeIfAbsent(part.stream(), stream -> new ArrayList<>());
    if (!follows(part, parts)) {
      parts.clear();
    }
    if (part.index() != parts.size() || tooLong(part)) {
      unfinished.remove(part.stream());
      return Optional.empty();
    }
    parts.add(part);
    if (parts.size() < part.count()) {
      return Optional.empty();
    }
    unfinished.remove(part.stream());
    return Optional.of(joined(parts));
  }

  private static boolean follows(Part part, List<Part> parts) {
    return !parts.isEmpty() && parts.get(0).number() == part.number();
  }

  private static boolean tooLong(Part part) {
    return (long) part.count() * Part.MOST_BYTES > Part.MOST_MESSAGE_BYTES;
  }

  private static byte[] joined(List<Part> parts) {
    int length = parts.stream().mapToInt(part -> part.bytes().length).sum();
    byte[] whole = Arrays.copyOf(parts.get(0).bytes(), length);
    int at = parts.get(0).bytes().length;
    for (Part part : parts.subList(1, parts.size())) {
      System.arraycopy(part.bytes(), 0, whole, at, part.bytes().length);
      at += part.bytes().length;
    }
    return whole;
  }
}
