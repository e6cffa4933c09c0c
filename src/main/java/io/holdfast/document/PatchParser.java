package io.holdfast.document;

import java.util.ArrayList;
import java.util.List;

/** Reads patches as RFC 6902 writes them. */
final class PatchParser {
  private static final String NAMES = "add, remove, replace, move, copy, test, inc, merge";

  private final JsonObject op;
  private final int index;

  private PatchParser(JsonObject op, int index) {
    this.op = op;
    this.index = index;
  }

  static Patch parse(Json json) throws PatchRefused {
    if (!(json instanceof JsonArray array)) {
      throw bad("patch: %s (expected: an array of ops)".formatted(json), "");
    }
    if (array.size() > Patch.MOST_OPS) {
      throw bad("patch: %d ops (expected: at most %d)".formatted(array.size(), Patch.MOST_OPS), "");
    }
    List<Op> ops = new ArrayList<>(array.size());
    for (Json element : array) {
      if (!(element instanceof JsonObject object)) {
        throw bad("op %d: %s (expected: an object)".formatted(ops.size(), element), "");
      }
      ops.add(new PatchParser(object, ops.size()).op());
    }
    return new Patch(ops);
  }

  private Op op() throws PatchRefused {
    String name = text("op", "one of " + NAMES);
    Pointer path = pointer("path");
    return switch (name) {
      case "add" -> new Op.Add(path, value());
      case "remove" -> new Op.Remove(path);
      case "replace" -> new Op.Replace(path, value());
      case "move" -> new Op.Move(pointer("from"), path);
      case "copy" -> new Op.Copy(pointer("from"), path);
      case "test" -> new Op.Test(path, value());
      case "inc" -> new Op.Inc(path, increment());
      case "merge" -> new Op.Merge(path, value());
      default -> throw refused("op", JsonString.of(name).toString(), "one of " + NAMES);
    };
  }

  private Pointer pointer(String member) throws PatchRefused {
    try {
      return Pointer.parse(text(member, "a JSON pointer"));
    } catch (PatchRefused e) {
      throw e.detail().startsWith("op ")
          ? e
          : bad("op %d, %s: %s".formatted(index, member, e.detail()), path());
    }
  }

  private String text(String member, String expected) throws PatchRefused {
    Json text = op.find(member);
    if (text instanceof JsonString string) {
      return string.value();
    }
    throw refused(member, text == null ? "missing" : text.toString(), expected);
  }

  private Json value() throws PatchRefused {
    Json value = op.find("value");
    if (value == null) {
      throw refused("value", "missing", "any value");
    }
    return value;
  }

  private JsonNumber increment() throws PatchRefused {
    if (value() instanceof JsonNumber number) {
      return number;
    }
    throw refused("value", value().toString(), "a number");
  }

  private PatchRefused refused(String member, String actual, String expected) {
    return bad("op %d, %s: %s (expected: %s)".formatted(index, member, actual, expected), path());
  }

  private String path() {
    return op.find("path") instanceof JsonString path ? path.value() : "";
  }

  private static PatchRefused bad(String detail, String pointer) {
    return new PatchRefused(PatchRefused.Reason.BAD_PATCH, detail, pointer);
  }
}
