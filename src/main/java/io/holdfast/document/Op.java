package io.holdfast.document;

/** One edit: RFC 6902's six, {@code inc} (number += n, missing member counts as absent: refused) and {@code merge} (RFC 7386 at a pointer). */
public sealed interface Op {
  Pointer path();

  record Add(Pointer path, Json value) implements Op {}

  record Remove(Pointer path) implements Op {}

  record Replace(Pointer path, Json value) implements Op {}

  record Move(Pointer from, Pointer path) implements Op {}

  record Copy(Pointer from, Pointer path) implements Op {}

  record Test(Pointer path, Json value) implements Op {}

  record Inc(Pointer path, JsonNumber value) implements Op {}

  record Merge(Pointer path, Json value) implements Op {}
}
