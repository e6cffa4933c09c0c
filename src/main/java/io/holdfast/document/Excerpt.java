package io.holdfast.document;

/** The beginning of a value's canonical text, for people. */
final class Excerpt {
  private static final int MOST_CHARS = 200;

  private Excerpt() {}

  /** The text, cut after 200 characters; only the beginning of a long one is ever encoded. */
  static String of(Json value) {
    if (value.encodedBytes() <= MOST_CHARS) {
      return JsonWriter.text(value);
    }
    JsonBuffer start = new JsonBuffer(4 * MOST_CHARS, (buffer, length) -> {
      throw new Full();
    });
    try {
      start.value(value);
    } catch (Full full) {
      return cut(start.toText());
    }
    return cut(start.toText());
  }

  private static String cut(String text) {
    int end = Math.min(MOST_CHARS, text.length());
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1;

    Full() {
      super("full", null, false, false);
    }
  }
}
