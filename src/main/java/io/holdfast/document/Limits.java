package io.holdfast.document;

/**
 * What a parser accepts.
 *
 * @param depth most nested containers
 * @param stringBytes longest string or key, UTF-8 bytes
 * @param documentBytes longest encoded text, bytes
 */
public record Limits(int depth, int stringBytes, int documentBytes) {
  /** The most depth any limits may allow: walks over documents are recursive. */
  public static final int DEEPEST = 1000;

  public static final Limits DEFAULT = new Limits(64, 256 * 1024, 8 * 1024 * 1024);

  public Limits {
    if (depth < 1 || stringBytes < 1 || documentBytes < 1) {
      throw new IllegalArgumentException("limits: %d, %d, %d (expected: all positive)"
          .formatted(depth, stringBytes, documentBytes));
    }
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "depth limit: %d (expected: at most %d)".formatted(depth, DEEPEST));
    }
  }
}
