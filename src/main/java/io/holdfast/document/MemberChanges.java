package io.holdfast.document;

/** Walks two objects' trees in key order side by side, past everything they share. */
final class MemberChanges {
  private final Cursor before;
  private final Cursor after;
  private final JsonObject.ChangeVisitor visitor;

  MemberChanges(Node before, Node after, JsonObject.ChangeVisitor visitor) {
    this.before = Cursor.atStart(before);
    this.after = Cursor.atStart(after);
    this.visitor = visitor;
  }

  void visit() {
    while (!before.isDone() && !after.isDone()) {
      step();
    }
    while (!before.isDone()) {
      leaveBehind();
    }
    while (!after.isDone()) {
      takeUp();
    }
  }

  private void step() {
    boolean atValues = before.atValue() && after.atValue();
    if (!atValues && before.here() == after.here()) {
      skipBoth();
      return;
    }
    int order = compare(before.key(), after.key());
    if (order < 0) {
      leaveBehind();
    } else if (order > 0) {
      takeUp();
    } else if (!atValues) {
      Cursor.openHigher(before, after);
    } else {
      if (before.here() != after.here()) {
        visitor.replaced(after.key(), before.value(), after.value());
      }
      skipBoth();
    }
  }

  @SuppressWarnings(
      "ReferenceEquality") // keys of versions of one object are mostly the same string
  private static int compare(String one, String other) {
    return one == other ? 0 : one.compareTo(other);
  }

  private void skipBoth() {
    before.skip();
    after.skip();
  }

  private void leaveBehind() {
    if (before.atValue()) {
      visitor.removed(before.key(), before.value());
      before.skip();
    } else {
      before.open();
    }
  }

  private void takeUp() {
    if (after.atValue()) {
      visitor.added(after.key(), after.value());
      after.skip();
    } else {
      after.open();
    }
  }
}
