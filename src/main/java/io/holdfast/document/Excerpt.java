package io.holdfast.document;

/** The beginning of a value's canonical text, for people; however large the value, little of it is looked at. */
final class Excerpt {
  private static final int MOST_CHARS = 200;

  private final StringBuilder text = new StringBuilder();

  private Excerpt() {}

  /** The text, cut after 200 characters. */
  static String of(Json value) {
    Excerpt excerpt = new Excerpt();
    excerpt.value(value);
    return of(excerpt.text.toString());
  }

  /** The text, cut after 200 characters. */
  static String of(String text) {
    if (text.length() <= MOST_CHARS) {
      return text;
    }
    boolean halves = Character.isHighSurrogate(text.charAt(MOST_CHARS - 1));
    return text.substring(0, halves ? MOST_CHARS - 1 : MOST_CHARS) + "…";
  }

  private void value(Json value) {
    if (value instanceof JsonObject object) {
      text.append('{');
      slots(object.root(), true);
      text.append('}');
    } else if (value instanceof JsonArray array) {
      text.append('[');
      slots(array.root(), true);
      text.append(']');
    } else if (value instanceof JsonString string) {
      string(string.value());
    } else {
      text.append(value);
    }
  }

  private void slots(Node node, boolean first) {
    for (int i = 0; i < node.slots.length && text.length() <= MOST_CHARS; i++) {
      boolean leading = first && i == 0;
      if (!node.isLeaf()) {
        slots(node.child(i), leading);
        continue;
      }
      text.append(leading ? "" : ",");
      if (node.isKeyed()) {
        string(node.keys[i]);
        text.append(':');
      }
      value(node.valueIn(i));
    }
  }

  private void string(String string) {
    int end = Math.min(string.length(), MOST_CHARS + 1);
    text.append(new JsonBuffer(end + 2).string(string.substring(0, end)).toText());
  }
}
