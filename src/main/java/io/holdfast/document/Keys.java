package io.holdfast.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which arrays are keyed: a kind's {@code keys}, from a pointer pattern ({@code *} stands for any one token) to the member that names an element. */
public final class Keys {
  private static final Keys NONE = new Keys(List.of());
  private static final String ANY = "*";

  private final List<Rule> rules;

  private Keys(List<Rule> rules) {
    this.rules = rules;
  }

  public static Keys none() {
    return NONE;
  }

  /** Where two patterns fit, the one with the earlier text decides; a member with {@code =} cannot name elements (BAD_PATCH). */
  public static Keys of(Map<String, String> byPointer) throws PatchRefused {
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(byPointer).entrySet()) {
      if (Location.isKeyed(entry.getValue())) {
        throw new PatchRefused(
            PatchRefused.Reason.BAD_PATCH,
            "key: %s (expected: a member without =)".formatted(entry.getValue()),
            entry.getKey());
      }
      rules.add(new Rule(Pointer.parse(entry.getKey()).tokens(), entry.getValue()));
    }
    return rules.isEmpty() ? NONE : new Keys(List.copyOf(rules));
  }

  /** The member that names the elements of the array at {@code array}, if it is keyed. */
  public Optional<String> member(Pointer array) {
    return Optional.ofNullable(find(array.tokens()));
  }

  @Nullable
  String find(List<String> tokens) {
    for (Rule rule : rules) {
      if (rule.fits(tokens)) {
        return rule.member;
      }
    }
    return null;
  }

  private record Rule(List<String> pattern, String member) {
    boolean fits(List<String> tokens) {
      if (pattern.size() != tokens.size()) {
        return false;
      }
      for (int i = 0; i < tokens.size(); i++) {
        if (!pattern.get(i).equals(ANY) && !pattern.get(i).equals(tokens.get(i))) {
          return false;
        }
      }
      return true;
    }
  }
}
