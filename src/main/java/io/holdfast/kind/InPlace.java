package io.holdfast.kind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Which schemas hand the very same value on to which; a circle among them would never come to an end. */
final class InPlace {
  private final IdentityHashMap<SchemaNode, List<SchemaNode>> edges = new IdentityHashMap<>();

  void add(SchemaNode from, SchemaNode to) {
    edges.computeIfAbsent(from, node -> new ArrayList<>()).add(to);
  }

  void refuseCircles() throws SchemaRefused {
    Set<SchemaNode> done = new HashSet<>();
    for (SchemaNode node : edges.keySet()) {
      visit(node, new ArrayDeque<>(), done);
    }
  }

  private void visit(SchemaNode node, Deque<SchemaNode> path, Set<SchemaNode> done)
      throws SchemaRefused {
    if (path.contains(node)) {
      throw new SchemaRefused(
          node.pointer(),
          "schema: refers back to itself (expected: to go deeper into the document first)");
    }
    if (!done.contains(node)) {
      path.push(node);
      for (SchemaNode next : edges.getOrDefault(node, List.of())) {
        visit(next, path, done);
      }
      path.pop();
      done.add(node);
    }
  }
}
