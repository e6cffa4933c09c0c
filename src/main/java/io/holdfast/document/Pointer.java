package io.holdfast.document;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 6901 JSON pointer; a token {@code key=value} addresses an array element by a member's value: the first element, an
 * object, whose member {@code key} is the string {@code value} or a number or boolean with that canonical text. On objects it
 * is a key like any other. {@code key} ends at the first {@code =}.
 */
public final class Pointer {
  private static final Pointer ROOT = new Pointer(new String[0]);

  private final String[] tokens;

  private Pointer(String[] tokens) {
    this.tokens = tokens;
  }

  /** The pointer to the whole document. */
  public static Pointer root() {
    return ROOT;
  }

  /** Parses {@code ""} or {@code "/a/b~1c"}; PatchRefused (BAD_PATCH) if it is no pointer. */
  public static Pointer parse(String text) throws PatchRefused {
    if (text.isEmpty()) {
      return ROOT;
    }
    if (text.charAt(0) != '/') {
      throw bad(text, "\"%s\" (expected: empty or starting with /)".formatted(Excerpt.of(text)));
    }
    if (!Utf8.isWellFormed(text)) {
      throw bad("", "lone surrogate (expected: Unicode text)");
    }
    String[] tokens = text.substring(1).split("/", -1);
    if (tokens.length > Limits.DEEPEST) {
      throw bad("", "%d tokens (expected: at most %d)".formatted(tokens.length, Limits.DEEPEST));
    }
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = unescaped(tokens[i], text);
    }
    return new Pointer(tokens);
  }

  /** Characters of all tokens, a lower bound of its text's length. */
  int weight() {
    int all = tokens.length;
    for (String token : tokens) {
      all += token.length();
    }
    return all;
  }

  /** The pointer of unescaped tokens. */
  public static Pointer of(List<String> tokens) {
    return new Pointer(tokens.toArray(new String[0]));
  }

  /** Unescaped tokens. */
  public List<String> tokens() {
    return List.of(tokens);
  }

  public Pointer child(String token) {
    String[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return new Pointer(longer);
  }

  public boolean isRoot() {
    return tokens.length == 0;
  }

  /** Whether every token of this one begins {@code other} too; a pointer is a prefix of itself. */
  public boolean isPrefixOf(Pointer other) {
    return tokens.length <= other.tokens.length
        && Arrays.equals(tokens, 0, tokens.length, other.tokens, 0, tokens.length);
  }

  /** What stands there, if anything does; keyed tokens are followed. */
  public Optional<Json> in(Json document) {
    return Optional.ofNullable(find(document));
  }

  @Nullable
  Json find(Json document) {
    Json at = document;
    for (int i = 0; i < tokens.length && at != null; i++) {
      at = Location.child(at, tokens[i]);
    }
    return at;
  }

  int length() {
    return tokens.length;
  }

  /** The last token of a pointer that has any. */
  String last() {
    return tokens[tokens.length - 1];
  }

  String token(int index) {
    return tokens[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pointer that && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  /** The RFC 6901 text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String token : tokens) {
      text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }

  private static String unescaped(String token, String text) throws PatchRefused {
    int tilde = token.indexOf('~');
    if (tilde < 0) {
      return token;
    }
    for (; tilde >= 0; tilde = token.indexOf('~', tilde + 1)) {
      char escaped = tilde + 1 < token.length() ? token.charAt(tilde + 1) : ' ';
      if (escaped != '0' && escaped != '1') {
        throw bad(text, "\"%s\" (expected: ~ only as ~0 or ~1)".formatted(Excerpt.of(text)));
      }
    }
    return token.replace("~1", "/").replace("~0", "~");
  }

  private static PatchRefused bad(String text, String detail) {
    return new PatchRefused(PatchRefused.Reason.BAD_PATCH, "pointer: " + detail, text);
  }
}
