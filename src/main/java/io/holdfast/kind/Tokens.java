package io.holdfast.kind;

import java.util.ArrayList;
import java.util.List;

/** JSON pointer tokens (RFC 6901) as text. */
final class Tokens {
  private Tokens() {}

  static String escape(String token) {
    return token.replace("~", "~0").replace("/", "~1");
  }

  static String unescape(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }

  /** The pointer to a child. */
  static String child(String pointer, String token) {
    return pointer + "/" + escape(token);
  }

  static List<String> of(String pointer) {
    List<String> tokens = new ArrayList<>();
    for (int start = pointer.indexOf('/'); start >= 0; ) {
      int end = pointer.indexOf('/', start + 1);
      tokens.add(unescape(pointer.substring(start + 1, end < 0 ? pointer.length() : end)));
      start = end;
    }
    return tokens;
  }

  /** What a person calls the place: its last name, with the indexes after it. */
  static String label(String pointer) {
    List<String> tokens = of(pointer);
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (!isIndex(tokens.get(i))) {
        return String.join("/", tokens.subList(i, tokens.size()));
      }
    }
    return tokens.isEmpty() ? "document" : "item " + String.join("/", tokens);
  }

  private static boolean isIndex(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
