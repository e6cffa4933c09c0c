package io.holdfast.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What must be true of the nodes of every tree, and how many of them two trees do not share. */
final class TreeShape {
  private TreeShape() {}

  static void check(Node root) {
    if (!root.isLeaf()) {
      assertThat(root.slots.length).isGreaterThan(1);
    }
    checkNode(root);
  }

  private static void checkNode(Node node) {
    assertThat(node.slots.length).isLessThanOrEqualTo(Node.WIDTH);
    assertThat(node.keys).hasSize(node.isKeyed() ? node.slots.length : 0);
    long bytes = 0;
    int depth = 0;
    int size = 0;
    for (int i = 0; i < node.slots.length; i++) {
      if (node.isLeaf()) {
        bytes +=
            node.valueIn(i).encodedBytes() + (node.isKeyed() ? Node.keyBytes(node.keys[i]) : 0);
        depth = Math.max(depth, node.valueIn(i).depth());
        size++;
        continue;
      }
      Node child = node.child(i);
      assertThat(child.slots.length).isPositive();
      assertThat((int) child.height).isEqualTo(node.height - 1);
      assertThat(!node.isKeyed() || node.keys[i].equals(child.keys[0])).isTrue();
      checkNode(child);
      bytes += child.bytes;
      depth = Math.max(depth, child.depth);
      size += child.size();
      assertThat(node.ends[i]).isEqualTo(size);
    }
    assertThat(node.bytes).isEqualTo(bytes);
    assertThat(node.depth).isEqualTo(depth);
    assertThat(node.size()).isEqualTo(size);
  }

  /** Nodes of {@code after}, and of the containers in it, that {@code before} does not have. */
  static int newNodes(Json before, Json after) {
    Set<Node> old = nodes(before);
    Set<Node> now = nodes(after);
    now.removeAll(old);
    return now.size();
  }

  private static Set<Node> nodes(Json json) {
    Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(json, nodes);
    return nodes;
  }

  private static void collect(Object slot, Set<Node> nodes) {
    if (slot instanceof JsonObject object) {
      collect(object.root(), nodes);
    } else if (slot instanceof JsonArray array) {
      collect(array.root(), nodes);
    } else if (slot instanceof Node node && nodes.add(node)) {
      for (Object child : node.slots) {
        collect(child, nodes);
      }
    }
  }
}
