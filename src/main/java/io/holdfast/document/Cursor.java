package io.holdfast.document;

/**
 * A place in a tree, from one end to the other. What stands there is a whole subtree until it is opened, so that two walks
 * over trees that share structure skip what they share.
 */
final class Cursor {
  private final Node[] nodes;
  private final int[] slots;
  private final boolean forward;
  private int top;

  private Cursor(Node root, boolean forward) {
    this.nodes = new Node[root.height + 1];
    this.slots = new int[root.height + 1];
    this.forward = forward;
    this.top = -1;
    enter(root);
  }

  static Cursor atStart(Node root) {
    return new Cursor(root, true);
  }

  static Cursor atEnd(Node root) {
    return new Cursor(root, false);
  }

  /** Whether nothing is left. */
  boolean isDone() {
    int slot = slots[top];
    return slot < 0 || slot >= nodes[top].slots.length;
  }

  /** Whether a value stands here, not a subtree. */
  boolean atValue() {
    return nodes[top].isLeaf();
  }

  /** Levels below what stands here; a value has the least. */
  int height() {
    return nodes[top].height;
  }

  /** The value or the subtree that stands here. */
  Object here() {
    return nodes[top].slots[slots[top]];
  }

  Json value() {
    return (Json) here();
  }

  /** Key of the value, or the least key of the subtree; only in an object, walking forward. */
  String key() {
    return nodes[top].keys[slots[top]];
  }

  /** Values in what stands here. */
  int size() {
    return atValue() ? 1 : ((Node) here()).size();
  }

  /** Goes into the subtree that stands here. */
  void open() {
    enter((Node) here());
  }

  /** Goes to the next value, opening what is in between. */
  void openToValue() {
    while (!atValue()) {
      open();
    }
  }

  /** Goes past what stands here. */
  void skip() {
    move();
    while (top > 0 && isDone()) {
      top--;
      move();
    }
  }

  /** Opens the higher one of two subtrees that start at the same place, both if they are of one height. */
  static void openHigher(Cursor a, Cursor b) {
    int heightOfA = a.height();
    int heightOfB = b.height();
    if (heightOfA >= heightOfB) {
      a.open();
    }
    if (heightOfB >= heightOfA) {
      b.open();
    }
  }

  private void move() {
    slots[top] += forward ? 1 : -1;
  }

  private void enter(Node node) {
    top++;
    nodes[top] = node;
    slots[top] = forward ? 0 : node.slots.length - 1;
  }
}
