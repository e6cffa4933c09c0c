package io.holdfast.document;

import java.util.List;
import java.util.Optional;

/** An RFC 6901 JSON pointer; a token {@code key=value} addresses an array element by a member's value. */
public final class Pointer {
  private Pointer() {}

  /** The pointer to the whole document. */
  public static Pointer root() {
    throw new UnsupportedOperationException();
  }

  /** Parses {@code ""} or {@code "/a/b~1c"}; PatchRefused (BAD_PATCH) if it is no pointer. */
  public static Pointer parse(String text) throws PatchRefused {
    throw new UnsupportedOperationException();
  }

  /** Unescaped tokens. */
  public List<String> tokens() {
    throw new UnsupportedOperationException();
  }

  public Pointer child(String token) {
    throw new UnsupportedOperationException();
  }

  /** What stands there, if anything does; keyed tokens are followed. */
  public Optional<Json> in(Json document) {
    throw new UnsupportedOperationException();
  }
}
