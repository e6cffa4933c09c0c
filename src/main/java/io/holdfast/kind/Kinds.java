package io.holdfast.kind;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All kinds this server knows, by name. */
public final class Kinds {
  private Kinds() {}

  /** Every {@code NAME.json} of the directory; the first wrong one refuses them all. */
  public static Kinds load(Path directory) throws KindRefused {
    throw new UnsupportedOperationException(directory.toString());
  }

  public static Kinds of(List<Kind> kinds) {
    throw new UnsupportedOperationException(kinds.toString());
  }

  public Optional<Kind> kind(String name) {
    throw new UnsupportedOperationException(name);
  }

  /** In the order of their names. */
  public List<Kind> all() {
    throw new UnsupportedOperationException();
  }
}
