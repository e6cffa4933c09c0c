package io.holdfast.document;

import java.util.List;

/** A list of ops, all or nothing. */
public record Patch(List<Op> ops) {
  public Patch {
    ops = List.copyOf(ops);
  }

  /** Reads a JSON array of ops as RFC 6902 writes them (unknown members ignored, as it says); BAD_PATCH names the op and what was expected. */
  public static Patch parse(Json ops) throws PatchRefused {
    throw new UnsupportedOperationException();
  }

  /** The array of ops; parse(toJson()) equals this. */
  public JsonArray toJson() {
    throw new UnsupportedOperationException();
  }

  /**
   * The document after every op in order; the document itself when nothing changed. {@code remove} at "" gives null.
   */
  public Json applyTo(Json before) throws PatchRefused {
    throw new UnsupportedOperationException();
  }

  /** One patch that does what this and then {@code next} do. */
  public Patch andThen(Patch next) {
    throw new UnsupportedOperationException();
  }
}
