package io.holdfast.document;

/** What arrays and objects have in common as trees. */
final class Trees {
  private Trees() {}

  /** Bytes of the container: its values (and keys), brackets and commas; saturates. */
  static int encodedBytes(Node root) {
    return Utf8.saturated(root.bytes + 2L + Math.max(0, root.size() - 1));
  }

  /** Whether both hold equal values (under equal keys) in the same order, however their nodes are cut. */
  static boolean equal(Node one, Node other) {
    if (one == other) {
      return true;
    }
    if (one.bytes != other.bytes || one.size() != other.size() || one.depth != other.depth) {
      return false;
    }
    return sameValues(Cursor.atStart(one), Cursor.atStart(other), one.isKeyed());
  }

  private static boolean sameValues(Cursor a, Cursor b, boolean keyed) {
    while (!a.isDone()) {
      boolean values = a.atValue() && b.atValue();
      if (!values && a.here() != b.here()) {
        Cursor.openHigher(a, b);
        continue;
      }
      if (values && !(a.value().equals(b.value()) && (!keyed || a.key().equals(b.key())))) {
        return false;
      }
      a.skip();
      b.skip();
    }
    return true;
  }
}
