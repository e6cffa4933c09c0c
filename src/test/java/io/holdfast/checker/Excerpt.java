package io.holdfast.checker;

/** The beginning of a line, for people. */
final class Excerpt {
  private static final int MOST_CHARS = 300;

  private Excerpt() {}

  static String of(Object line) {
    String text = line.toString();
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
  }
}
