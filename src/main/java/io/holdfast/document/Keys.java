package io.holdfast.document;

import java.util.Map;

/** Which arrays are keyed: a kind's {@code keys}, from a pointer pattern ({@code *} stands for any one token) to the member that names an element. */
public final class Keys {
  private Keys() {}

  public static Keys none() {
    throw new UnsupportedOperationException();
  }

  public static Keys of(Map<String, String> byPointer) throws PatchRefused {
    throw new UnsupportedOperationException();
  }
}
