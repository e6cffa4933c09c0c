package io.holdfast.document;

import static io.holdfast.document.PatchRefused.Reason.BAD_PATCH;
import static io.holdfast.document.PatchRefused.Reason.INVALID;
import static io.holdfast.document.PatchRefused.Reason.TEST_FAILED;

import java.util.TreeMap;

/** One edit: RFC 6902's six, {@code inc} (number += n, missing member counts as absent: refused) and {@code merge} (RFC 7386 at a pointer). */
public sealed interface Op {
  Pointer path();

  /** Encoded bytes of the value it carries; 0 for one that carries none. */
  default int valueBytes() {
    return 0;
  }

  /** The value of {@code op} on the wire. */
  String name();

  /** The document after this op alone, without any limits; the document itself when nothing changed. */
  Json applyTo(Json document) throws PatchRefused;

  /** The op as RFC 6902 writes it. */
  default JsonObject toJson() {
    TreeMap<String, Json> members = new TreeMap<>();
    members.put("op", JsonString.of(name()));
    members.put("path", JsonString.of(path().toString()));
    return JsonObject.of(members);
  }

  /**
   * Sets a member or inserts an element. A keyed token at the end replaces the element it names; if there is none, a value
   * with just that key is appended and any other refused (BAD_PATCH).
   */
  record Add(Pointer path, Json value) implements Op {
    @Override
    public int valueBytes() {
      return value.encodedBytes();
    }

    @Override
    public String name() {
      return "add";
    }

    @Override
    public Json applyTo(Json document) throws PatchRefused {
      return Edit.add(document, path, value);
    }

    @Override
    public JsonObject toJson() {
      return Op.super.toJson().with("value", value);
    }
  }

  /** Removes what stands there; at the root, leaves null. */
  record Remove(Pointer path) implements Op {
    @Override
    public String name() {
      return "remove";
    }

    @Override
    public Json applyTo(Json document) throws PatchRefused {
      return Edit.remove(document, path);
    }
  }

  /** Replaces what stands there. */
  record Replace(Pointer path, Json value) implements Op {
    @Override
    public int valueBytes() {
      return value.encodedBytes();
    }

    @Override
    public String name() {
      return "replace";
    }

    @Override
    public Json applyTo(Json document) throws PatchRefused {
      return Edit.replace(document, path, value);
    }

    @Override
    public JsonObject toJson() {
      return Op.super.toJson().with("value", value);
    }
  }

  /** Removes what stands at {@code from} and adds it at {@code path}, which must not be inside it (BAD_PATCH). */
  record Move(Pointer from, Pointer path) implements Op {
    @Override
    public String name() {
      return "move";
    }

    @Override
    public Json applyTo(Json document) throws PatchRefused {
      Json moved = Edit.existing(document, from, path);
      if (from.equals(path)) {
        return document;
      }
      if (Edit.isInside(document, path, from)) {
        throw new PatchRefused(
            BAD_PATCH,
            "into itself: %s (expected: a path outside %s)".formatted(path, from),
            path.toString());
      }
      return Edit.place(Edit.remove(document, from), path, moved);
    }

    @Override
    public JsonObject toJson() {
      return Op.super.toJson().with("from", JsonString.of(from.toString()));
    }
  }

  /** Adds at {@code path} what stands at {@code from}. */
  record Copy(Pointer from, Pointer path) implements Op {
    @Override
    public String name() {
      return "copy";
    }

    @Override
    public Json applyTo(Json document) throws PatchRefused {
      return Edit.place(document, path, Edit.existing(document, from, path));
    }

    @Override
    public JsonObject toJson() {
      return Op.super.toJson().with("from", JsonString.of(from.toString()));
    }
  }

  /** Refuses the patch (TEST_FAILED) unless what stands there equals the value; nothing there equals nothing. */
  record Test(Pointer path, Json value) implements Op {
    @Override
    public int valueBytes() {
      return value.encodedBytes();
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Json applyTo(Json document) throws PatchRefused {
      Json actual = path.find(document);
      if (actual == null || !actual.equals(value)) {
        String text = actual == null ? "nothing" : actual.toString();
        throw new PatchRefused(
            TEST_FAILED, "value: %s (expected: %s)".formatted(text, value), path.toString());
      }
      return document;
    }

    @Override
    public JsonObject toJson() {
      return Op.super.toJson().with("value", value);
    }
  }

  /** Adds to the number that stands there; INVALID if it is no number or the sum is not finite. */
  record Inc(Pointer path, JsonNumber value) implements Op {
    @Override
    public int valueBytes() {
      return value.encodedBytes();
    }

    @Override
    public String name() {
      return "inc";
    }

    @Override
    public Json applyTo(Json document) throws PatchRefused {
      Json target = Edit.existing(document, path, path);
      if (!(target instanceof JsonNumber number)) {
        throw new PatchRefused(
            INVALID, "target: %s (expected: a number)".formatted(target), path.toString());
      }
      double sum = number.value() + value.value();
      if (!Double.isFinite(sum)) {
        throw new PatchRefused(
            INVALID,
            "sum: %s + %s (expected: within double range)".formatted(number, value),
            path.toString());
      }
      return Edit.replace(document, path, JsonNumber.of(sum));
    }

    @Override
    public JsonObject toJson() {
      return Op.super.toJson().with("value", value);
    }
  }

  /**
   * Merges an RFC 7386 patch into what stands there; into nothing, as {@link Add} would put it. A value that is no object
   * takes the place of what stands there, null included.
   */
  record Merge(Pointer path, Json value) implements Op {
    @Override
    public int valueBytes() {
      return value.encodedBytes();
    }

    @Override
    public String name() {
      return "merge";
    }

    @Override
    public Json applyTo(Json document) throws PatchRefused {
      Json target = path.find(document);
      return target == null
          ? Edit.add(document, path, Edit.merged(JsonNull.NULL, value))
          : Edit.replace(document, path, Edit.merged(target, value));
    }

    @Override
    public JsonObject toJson() {
      return Op.super.toJson().with("value", value);
    }
  }
}
