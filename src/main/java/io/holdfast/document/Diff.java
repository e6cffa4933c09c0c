package io.holdfast.document;

/** The difference of two documents as a patch; shared subtrees are skipped unseen. */
public final class Diff {
  /** Values so deep down are not looked into but replaced: the walk takes much stack for each level. */
  private static final int DEEPEST = Limits.DEFAULT.depth();

  private final DiffScript script = new DiffScript();
  private final Keys keys;

  private Diff(Keys keys) {
    this.keys = keys;
  }

  /** {@code between(a, b).applyTo(a)} equals {@code b}; empty when they are equal; minimal on objects, sensible on arrays. */
  public static Patch between(Json before, Json after) {
    return between(before, after, Keys.none());
  }

  /** The same; elements of keyed arrays are addressed {@code key=value} where that finds the right one. */
  public static Patch between(Json before, Json after, Keys keys) {
    Diff diff = new Diff(keys);
    diff.values(before, after);
    return diff.script.toPatch();
  }

  DiffScript script() {
    return script;
  }

  /** What turns the child {@code before} at {@code token} into {@code after}. */
  void child(String token, Json before, Json after) {
    script.enter(token);
    values(before, after);
    script.leave();
  }

  private void values(Json before, Json after) {
    if (before == after) {
      return;
    }
    DiffScript.Mark mark = script.mark();
    if (script.path().size() >= DEEPEST) {
      whole(before, after);
    } else if (before instanceof JsonObject a && after instanceof JsonObject b) {
      JsonObject.changes(a, b, new Members());
      script.settle(mark, after);
    } else if (before instanceof JsonArray a && after instanceof JsonArray b) {
      elements(a, b);
      script.settle(mark, after);
    } else {
      whole(before, after);
    }
  }

  private void whole(Json before, Json after) {
    if (!before.equals(after)) {
      script.replace(after);
    }
  }

  private void elements(JsonArray before, JsonArray after) {
    String member = keys.find(script.path());
    if (member == null || !KeyedDiff.write(this, member, before, after)) {
      new ArrayDiff(this, before, after).write();
    }
  }

  private final class Members implements JsonObject.ChangeVisitor {
    @Override
    public void added(String key, Json after) {
      script.add(key, after);
    }

    @Override
    public void removed(String key, Json before) {
      script.remove(key);
    }

    @Override
    public void replaced(String key, Json before, Json after) {
      child(key, before, after);
    }
  }
}
