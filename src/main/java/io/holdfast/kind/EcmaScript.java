package io.holdfast.kind;

import java.util.Map;

/**
 * Turns an ECMA-262 regular expression (with its {@code u} flag, as JSON Schema has it) into Java's dialect where both would read
 * the same text differently.
 */
final class EcmaScript {
  /** Names ECMA-262 takes for general categories, and what Java calls them. */
  private static final Map<String, String> CATEGORIES = Map.of(
      "Letter",
      "L",
      "Mark",
      "M",
      "Number",
      "N",
      "Punctuation",
      "P",
      "Symbol",
      "S",
      "Separator",
      "Z",
      "Other",
      "C",
      "Uppercase_Letter",
      "Lu",
      "Lowercase_Letter",
      "Ll",
      "Decimal_Number",
      "Nd");

  private static final String SPACE = "\\t\\n\\x0B\\f\\r \\u00A0\\uFEFF\\p{Z}";

  private final String source;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private boolean inClass;

  private EcmaScript(String source) {
    this.source = source;
  }

  static String toJava(String source) {
    EcmaScript translation = new EcmaScript(source);
    while (translation.at < source.length()) {
      translation.step();
    }
    return translation.out.toString();
  }

  private void step() {
    char c = source.charAt(at);
    if (c == '\\' && at + 1 < source.length()) {
      escape(source.charAt(at + 1));
      return;
    }
    at++;
    if (inClass) {
      classCharacter(c);
    } else if (c == '$') {
      out.append("\\z");
    } else if (c == '.') {
      out.append("[^\\n\\r\\u2028\\u2029]");
    } else if (c == '[') {
      openClass();
    } else {
      out.append(c);
    }
  }

  private void openClass() {
    inClass = true;
    if (source.startsWith("^]", at)) {
      at += 2;
      inClass = false;
      out.append("[\\s\\S]");
    } else if (source.startsWith("]", at)) {
      at++;
      inClass = false;
      out.append("(?!)");
    } else if (source.startsWith("^", at)) {
      at++;
      out.append("[^");
    } else {
      out.append('[');
    }
  }

  /** Java also has unions and intersections in classes; here these are plain characters. */
  private void classCharacter(char c) {
    if (c == ']') {
      inClass = false;
    } else if (c == '[' || c == '&' || c == '^') {
      out.append('\\');
    }
    out.append(c);
  }

  private void escape(char c) {
    at += 2;
    switch (c) {
      case 's' -> out.append(inClass ? SPACE : "[" + SPACE + "]");
      case 'S' -> out.append("[^" + SPACE + "]");
      case 'p', 'P' -> property(c);
      case 'u' -> codePoint();
      case 'c' -> controlLetter();
      default -> out.append('\\').append(c);
    }
  }

  private void property(char c) {
    out.append('\\').append(c);
    int close = source.indexOf('}', at);
    if (source.startsWith("{", at) && close > 0) {
      String name = source.substring(at + 1, close);
      out.append('{').append(CATEGORIES.getOrDefault(name, name)).append('}');
      at = close + 1;
    }
  }

  private void codePoint() {
    out.append(source.startsWith("{", at) ? "\\x" : "\\u");
  }

  /** Java takes upper case only. */
  private void controlLetter() {
    out.append("\\c");
    if (at < source.length()) {
      out.append(Character.toUpperCase(source.charAt(at)));
      at++;
    }
  }
}
