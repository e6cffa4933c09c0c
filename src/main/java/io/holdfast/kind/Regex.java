package io.holdfast.kind;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A schema's regular expression: read as ECMA-262 means it, searched for anywhere in a text, and never longer than a budget of
 * steps, so that no text can make a careless expression hold up a writer.
 */
final class Regex {
  /** The outcome of a search. */
  enum Search {
    FOUND,
    MISSING,
    /** Given up: the budget is spent. */
    EXHAUSTED
  }

  private static final int STEPS = 200_000;
  private static final int STEPS_PER_CHARACTER = 50;

  private final String source;
  private final Pattern pattern;

  private Regex(String source, Pattern pattern) {
    this.source = source;
    this.pattern = pattern;
  }

  /** Throws {@link PatternSyntaxException} if it is none. */
  static Regex compile(String source) {
    return new Regex(source, Pattern.compile(EcmaScript.toJava(source)));
  }

  Search find(String text) {
    Budget budget = new Budget(STEPS + (long) STEPS_PER_CHARACTER * text.length());
    try {
      boolean found = pattern.matcher(new Budgeted(text, budget)).find();
      return found ? Search.FOUND : Search.MISSING;
    } catch (Exhausted | StackOverflowError spent) {
      return Search.EXHAUSTED;
    }
  }

  /** The expression as written. */
  @Override
  public String toString() {
    return source;
  }

  /** Thrown out of the matcher, which knows no other way to stop. */
  private static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exhausted() {
      super("regular expression: too many steps", null, false, false);
    }
  }

  private static final class Budget {
    private long left;

    Budget(long steps) {
      left = steps;
    }

    void spend() {
      if (--left < 0) {
        throw new Exhausted();
      }
    }
  }

  /** A text that counts how often it is looked at; parts of it share the count. */
  private record Budgeted(CharSequence text, Budget budget) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      budget.spend();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Budgeted(text.subSequence(from, to), budget);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
