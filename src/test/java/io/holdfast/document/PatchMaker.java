package io.holdfast.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random patches that mostly apply to a document, by index and by key, some of them twice at one place. */
final class PatchMaker {
  private final Random random;
  private final List<Pointer> used = new ArrayList<>();

  PatchMaker(Random random) {
    this.random = random;
  }

  /** A patch of up to {@code most} ops that applies to {@code document}. */
  Patch applicable(Json document, int most) {
    List<Op> ops = new ArrayList<>();
    Json at = document;
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      Op op = op(at);
      try {
        at = op.applyTo(at);
        ops.add(op);
      } catch (PatchRefused e) {
        used.remove(used.size() - 1);
      }
    }
    return new Patch(ops);
  }

  /** An op that may apply to {@code document}. */
  Op op(Json document) {
    Pointer path = !used.isEmpty() && random.nextInt(2) == 0
        ? used.get(random.nextInt(used.size()))
        : somewhere(document);
    used.add(path);
    Json value = random.nextInt(3) == 0 && path.find(document) != null
        ? new Scrambler(random).edit(path.in(document).orElseThrow())
        : Documents.json(random, 1);
    return switch (random.nextInt(14)) {
      case 0 -> new Op.Remove(path);
      case 1 -> new Op.Move(somewhere(document), path);
      case 2 -> new Op.Copy(somewhere(document), path);
      case 3 -> new Op.Test(path, path.in(document).orElse(value));
      case 4, 5, 6 -> new Op.Inc(path, JsonNumber.of(random.nextInt(4)));
      case 7 -> new Op.Merge(path, value);
      case 8, 9 -> new Op.Add(path, value);
      default -> new Op.Replace(path, value);
    };
  }

  private Pointer somewhere(Json document) {
    Pointer pointer = Pointer.root();
    Json at = document;
    while (random.nextInt(6) > 0) {
      if (at instanceof JsonObject object && object.size() > 0) {
        List<String> keys = new ArrayList<>();
        object.forEach((key, value) -> keys.add(key));
        String key = keys.get(random.nextInt(keys.size()));
        pointer = pointer.child(random.nextInt(8) == 0 ? "k" + random.nextInt(3) : key);
        at = object.member(key).orElseThrow();
      } else if (at instanceof JsonArray array && array.size() > 0) {
        int index = random.nextInt(array.size());
        at = array.element(index);
        pointer = pointer.child(token(at, index));
      } else {
        return pointer;
      }
    }
    return pointer;
  }

  private String token(Json element, int index) {
    if (element instanceof JsonObject object && object.has("id") && random.nextBoolean()) {
      return "id=" + Names.of(object, "id");
    }
    return random.nextInt(8) == 0 ? "-" : Integer.toString(index);
  }
}
