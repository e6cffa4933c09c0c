package io.holdfast.document;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which op of a growing list last touched what, as a tree of pointer tokens. */
final class Touches {
  private static final int NEVER = -1;

  private final Place root = new Place();

  /** Op number {@code index} reads or writes at {@code pointer}. */
  void touch(Pointer pointer, int index) {
    Place place = root;
    for (int i = 0; i < pointer.length(); i++) {
      String token = pointer.token(i);
      place.below = index;
      if (Location.isForArrays(token)) {
        place.touchElement(token, index);
      }
      place = place.children.computeIfAbsent(token, t -> new Place());
    }
    place.here = index;
  }

  /** Op number {@code index}, just touched, sets the value at {@code pointer}. */
  void written(Pointer pointer, int index) {
    Place place = root;
    for (int i = 0; i < pointer.length(); i++) {
      place = place.child(pointer.token(i));
    }
    place.written = index;
  }

  /** The op that set the value at {@code pointer}, if no op since could have read, changed or moved it; else -1. */
  int writeStillAt(Pointer pointer) {
    Place place = root;
    int latest = NEVER;
    for (int i = 0; i < pointer.length(); i++) {
      String token = pointer.token(i);
      latest = Math.max(latest, Math.max(place.here, place.otherElements(token)));
      Place child = place.children.get(token);
      if (child == null || isRenamedBelow(token, pointer, i)) {
        return NEVER;
      }
      if (Location.isKeyed(token)) {
        latest = Math.max(latest, child.latestAt(keyOf(token)));
      }
      place = child;
    }
    latest = Math.max(latest, Math.max(place.here, place.below));
    return place.written >= latest ? place.written : NEVER;
  }

  /** Whether a write at {@code pointer} changes the very member by which its token {@code i} finds the element. */
  private static boolean isRenamedBelow(String token, Pointer pointer, int i) {
    return Location.isKeyed(token)
        && i + 1 < pointer.length()
        && pointer.token(i + 1).equals(keyOf(token));
  }

  private static String keyOf(String token) {
    return token.substring(0, token.indexOf('='));
  }

  private static final class Place {
    private final Map<String, Place> children = new HashMap<>(4);
    private int here = NEVER;
    private int below = NEVER;
    private int written = NEVER;

    /** The array element touched last, and when another one was. */
    private String element = "";

    private int elementTouched = NEVER;
    private int otherTouched = NEVER;

    Place child(String token) {
      return children.computeIfAbsent(token, t -> new Place());
    }

    void touchElement(String token, int index) {
      if (!token.equals(element)) {
        otherTouched = elementTouched;
        element = token;
      }
      elementTouched = index;
    }

    /** When what may be an array element under another token than this one was touched last. */
    int otherElements(String token) {
      if (!Location.isForArrays(token)) {
        return NEVER;
      }
      return token.equals(element) ? otherTouched : elementTouched;
    }

    int latestAt(String token) {
      @Nullable Place child = children.get(token);
      return child == null ? NEVER : Math.max(child.here, child.below);
    }
  }
}
