package io.holdfast.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Applies the ops of a {@code changed} frame to a Jackson tree, in place. Written without a look at the server's own
 * algebra, so that the two check each other.
 */
final class TinyPatch {
  private TinyPatch() {}

  /** The document after all ops. */
  static JsonNode apply(JsonNode document, JsonNode ops) {
    JsonNode current = document;
    for (JsonNode op : ops) {
      current = apply(current, op.path("op").asText(), op);
    }
    return current;
  }

  private static JsonNode apply(JsonNode document, String name, JsonNode op) {
    String path = op.path("path").asText();
    return switch (name) {
      case "add" -> add(document, path, op.path("value"));
      case "replace" -> replace(document, path, op.path("value"));
      case "remove" -> remove(document, path);
      case "copy" -> add(document, path, at(document, op.path("from").asText()).deepCopy());
      case "move" -> move(document, op.path("from").asText(), path);
      case "inc" -> replace(document, path, sum(at(document, path), op.path("value")));
      case "merge" -> replaceOrAdd(document, path, merged(find(document, path), op.path("value")));
      case "test" -> document;
      default -> throw new IllegalArgumentException(
          "op: " + name + " (expected: one of the protocol)");
    };
  }

  private static JsonNode add(JsonNode document, String path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    JsonNode parent = at(document, parent(path));
    String last = last(path);
    if (parent instanceof ObjectNode object) {
      object.set(last, value);
    } else {
      ArrayNode array = (ArrayNode) parent;
      array.insert(last.equals("-") ? array.size() : index(array, last), value);
    }
    return document;
  }

  private static JsonNode replace(JsonNode document, String path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    JsonNode parent = at(document, parent(path));
    if (parent instanceof ObjectNode object) {
      object.set(last(path), value);
    } else {
      ((ArrayNode) parent).set(index(parent, last(path)), value);
    }
    return document;
  }

  private static JsonNode replaceOrAdd(JsonNode document, String path, JsonNode value) {
    return find(document, path).isMissingNode()
        ? add(document, path, value)
        : replace(document, path, value);
  }

  private static JsonNode remove(JsonNode document, String path) {
    if (path.isEmpty()) {
      return NullNode.getInstance();
    }
    JsonNode parent = at(document, parent(path));
    if (parent instanceof ObjectNode object) {
      object.remove(last(path));
    } else {
      ((ArrayNode) parent).remove(index(parent, last(path)));
    }
    return document;
  }

  private static JsonNode move(JsonNode document, String from, String path) {
    JsonNode value = at(document, from);
    return add(remove(document, from), path, value);
  }

  private static JsonNode sum(JsonNode number, JsonNode more) {
    double sum = number.asDouble() + more.asDouble();
    return com.fasterxml.jackson.databind.node.DoubleNode.valueOf(sum);
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode members)) {
      return patch;
    }
    ObjectNode merged =
        target instanceof ObjectNode object ? object.deepCopy() : members.objectNode();
    members.properties().forEach(member -> {
      if (member.getValue().isNull()) {
        merged.remove(member.getKey());
      } else {
        merged.set(member.getKey(), merged(merged.path(member.getKey()), member.getValue()));
      }
    });
    return merged;
  }

  private static JsonNode at(JsonNode document, String pointer) {
    JsonNode found = find(document, pointer);
    if (found.isMissingNode()) {
      throw new IllegalArgumentException("path: " + pointer + " (expected: something there)");
    }
    return found;
  }

  private static JsonNode find(JsonNode document, String pointer) {
    JsonNode current = document;
    if (pointer.isEmpty()) {
      return current;
    }
    for (String token : pointer.substring(1).split("/", -1)) {
      String name = unescaped(token);
      current = current.isArray() ? current.path(index(current, name)) : current.path(name);
    }
    return current;
  }

  /** The index a token means in an array: a number, or {@code key=value}. */
  private static int index(JsonNode array, String token) {
    if (!token.contains("=")) {
      return Integer.parseInt(token);
    }
    String key = token.substring(0, token.indexOf('='));
    String value = token.substring(token.indexOf('=') + 1);
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i).path(key).asText().equals(value)) {
        return i;
      }
    }
    throw new IllegalArgumentException("element: " + token + " (expected: one in the array)");
  }

  private static String parent(String pointer) {
    return pointer.substring(0, pointer.lastIndexOf('/'));
  }

  private static String last(String pointer) {
    return unescaped(pointer.substring(pointer.lastIndexOf('/') + 1));
  }

  private static String unescaped(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }
}
