package io.holdfast.document;

import java.util.List;

/** A list of ops, all or nothing. */
public record Patch(List<Op> ops) {
  /** Most ops that {@link #parse} accepts. */
  public static final int MOST_OPS = 10_000;

  private static final int OP_BYTES = 40;

  /** What {@link #applyTo(Json)} allows a document to become. */
  private static final Limits WIDEST =
      new Limits(Limits.DEFAULT.depth(), Integer.MAX_VALUE - 1, Integer.MAX_VALUE - 1);

  public Patch {
    ops = List.copyOf(ops);
  }

  /** Reads a JSON array of ops as RFC 6902 writes them (unknown members ignored, as it says); BAD_PATCH names the op and what was expected. */
  public static Patch parse(Json ops) throws PatchRefused {
    return PatchParser.parse(ops);
  }

  /** The array of ops; parse(toJson()) equals this. */
  public JsonArray toJson() {
    return JsonArray.of(ops.stream().map(Op::toJson).toList());
  }

  /**
   * The document after every op in order; the document itself when nothing changed. {@code remove} at "" gives null. A
   * result deeper than {@link Limits#DEFAULT} allows is TOO_DEEP, one beyond 2 GiB TOO_LARGE, even between two ops.
   */
  public Json applyTo(Json before) throws PatchRefused {
    return applyTo(before, WIDEST);
  }

  /** The same, with the depth and encoded size that the document may have after each op. */
  public Json applyTo(Json before, Limits limits) throws PatchRefused {
    Json document = before;
    for (int i = 0; i < ops.size(); i++) {
      Op op = ops.get(i);
      try {
        document = op.applyTo(document);
        refuseBeyond(limits, document, op);
      } catch (PatchRefused e) {
        throw new PatchRefused(
            e.reason(), "op %d, %s: %s".formatted(i, op.name(), e.detail()), e.pointer());
      }
    }
    return Edit.kept(before, document);
  }

  private static void refuseBeyond(Limits limits, Json document, Op op) throws PatchRefused {
    if (document.depth() > limits.depth()) {
      throw new PatchRefused(
          PatchRefused.Reason.TOO_DEEP,
          "depth: %d (expected: at most %d)".formatted(document.depth(), limits.depth()),
          op.path().toString());
    }
    if (document.encodedBytes() > limits.documentBytes()) {
      throw new PatchRefused(
          PatchRefused.Reason.TOO_LARGE,
          GuardedInput.tooLarge(document.encodedBytes(), limits.documentBytes()),
          op.path().toString());
    }
  }

  /** About how many bytes the encoding takes, without encoding: pointers and values, a little for the rest. */
  public int weight() {
    int bytes = 2;
    for (Op op : ops) {
      bytes += OP_BYTES + op.path().weight() + op.valueBytes();
    }
    return bytes;
  }

  /** One patch that, wherever this one applies, does what this and then {@code next} do; it may have over {@link #MOST_OPS}. */
  public Patch andThen(Patch next) {
    return inSequence(List.of(this, next));
  }

  /** The same for many patches; costs no more than their ops together. */
  public static Patch inSequence(List<Patch> patches) {
    return Composition.of(patches);
  }
}
