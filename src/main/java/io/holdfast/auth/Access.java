package io.holdfast.auth;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonObject;
import io.holdfast.document.PatchRefused;
import io.holdfast.document.Pointer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may do what with a kind's entities: the one class that decides. Without any rules nobody but {@code role:admin}; where
 * there are rules they decide alone, and a right without rules of its own is nobody's.
 */
public final class Access {
  private static final String WRITE_AT = "writeAt";

  private final Map<Right, Rules> rules;
  private final List<GuardedPart> guarded;

  private Access(Map<Right, Rules> rules, List<GuardedPart> guarded) {
    this.rules = rules;
    this.guarded = List.copyOf(guarded);
  }

  /** Reads a kind's {@code access}. */
  public static Access parse(JsonObject access) throws AccessRefused {
    Map<Right, Rules> rules = new EnumMap<>(Right.class);
    Rules unnamed = access.size() == 0 ? Rules.ADMIN : Rules.NOBODY;
    JsonObject unread = access;
    for (Right right : Right.values()) {
      Optional<Json> written = access.member(right.member());
      rules.put(
          right, written.isPresent() ? Rules.parse(written.get(), "/" + right.member()) : unnamed);
      unread = unread.without(right.member());
    }
    for (Map.Entry<String, Json> other : unread.without(WRITE_AT).members()) {
      throw new AccessRefused(
          Pointer.root().child(other.getKey()).toString(),
          "right: \"%s\" (expected: read, create, write, writeAt, present, delete or history)"
              .formatted(other.getKey()));
    }
    return new Access(rules, guarded(access));
  }

  /** Whether {@code who} has the right on entity {@code id}, whose document is {@code document}. */
  public boolean allows(Right right, Principal who, String id, Json document) {
    return of(right).give(who, id, document);
  }

  /** Whether a change of the document can change who has the right. */
  public boolean dependsOnState(Right right) {
    return of(right).dependOnState()
        || (right == Right.WRITE
            && guarded.stream().anyMatch(part -> part.rules().dependOnState()));
  }

  /**
   * Why a command that turns {@code before} into {@code after} is not allowed. It is judged by its effect and on the state before
   * it: where nothing is (version 0, or deleted) {@code create} decides alone, {@code delete} where nothing is left, else
   * {@code write} and the rules of every guarded part that differs.
   */
  public Optional<Denied> judge(Principal who, String id, long version, Json before, Json after) {
    Right right = rightFor(version, before, after);
    if (!allows(right, who, id, before)) {
      return Optional.of(new Denied("", of(right).refusal(right.member(), who)));
    }
    return right == Right.WRITE ? judgeParts(who, id, before, after) : Optional.empty();
  }

  private Optional<Denied> judgeParts(Principal who, String id, Json before, Json after) {
    for (GuardedPart part : guarded) {
      if (part.rules().give(who, id, before)) {
        continue;
      }
      Optional<String> touched = part.touched(before, after);
      if (touched.isPresent()) {
        String what = "write at %s".formatted(touched.get());
        return Optional.of(new Denied(touched.get(), part.rules().refusal(what, who)));
      }
    }
    return Optional.empty();
  }

  private static Right rightFor(long version, Json before, Json after) {
    if (version == 0) {
      return Right.CREATE;
    }
    if (after == JsonNull.NULL) {
      return Right.DELETE;
    }
    return before == JsonNull.NULL ? Right.CREATE : Right.WRITE;
  }

  private Rules of(Right right) {
    return rules.getOrDefault(right, Rules.NOBODY);
  }

  private static List<GuardedPart> guarded(JsonObject access) throws AccessRefused {
    Optional<Json> written = access.member(WRITE_AT);
    if (written.isEmpty()) {
      return List.of();
    }
    if (!(written.get() instanceof JsonObject parts)) {
      throw new AccessRefused(
          "/" + WRITE_AT,
          "writeAt: %s (expected: an object of pointer patterns)".formatted(written.get()));
    }
    List<GuardedPart> guarded = new ArrayList<>();
    for (Map.Entry<String, Json> part : parts.members()) {
      String pointer = Pointer.root().child(WRITE_AT).child(part.getKey()).toString();
      guarded.add(
          new GuardedPart(tokens(part.getKey(), pointer), Rules.parse(part.getValue(), pointer)));
    }
    return guarded;
  }

  private static List<String> tokens(String pattern, String pointer) throws AccessRefused {
    try {
      return List.copyOf(Pointer.parse(pattern).tokens());
    } catch (PatchRefused refused) {
      throw new AccessRefused(
          pointer,
          "pattern: \"%s\" (expected: a JSON pointer such as /members or /items/*/owner)"
              .formatted(pattern));
    }
  }
}
