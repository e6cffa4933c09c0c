package io.holdfast.document;

/** The difference of two documents as a patch; shared subtrees are skipped unseen. */
public final class Diff {
  private Diff() {}

  /** {@code between(a, b).applyTo(a)} equals {@code b}; empty when they are equal; minimal on objects, sensible on arrays. */
  public static Patch between(Json before, Json after) {
    return between(before, after, Keys.none());
  }

  /** The same; elements of keyed arrays are addressed {@code key=value} where that names exactly one. */
  public static Patch between(Json before, Json after, Keys keys) {
    throw new UnsupportedOperationException();
  }
}
