package io.holdfast.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patches put one after the other. Of two writes to one place the earlier takes the later's value and the later goes, if
 * nothing in between reads or writes there, above, below, or anywhere that may shift or rename what the pointer addresses.
 */
final class Composition {
  private final List<Op> ops = new ArrayList<>();
  private final Touches touches = new Touches();

  private Composition() {}

  static Patch of(List<Patch> patches) {
    Composition composition = new Composition();
    for (Patch patch : patches) {
      patch.ops().forEach(composition::append);
    }
    return new Patch(composition.ops);
  }

  private void append(Op op) {
    int earlier = touches.writeStillAt(op.path());
    Op merged = earlier < 0 ? null : merged(ops.get(earlier), op);
    if (merged != null) {
      ops.set(earlier, merged);
      return;
    }
    int index = ops.size();
    ops.add(op);
    if (op instanceof Op.Move move) {
      touches.touch(move.from(), index);
    } else if (op instanceof Op.Copy copy) {
      touches.touch(copy.from(), index);
    }
    touches.touch(op.path(), index);
    if (op instanceof Op.Replace || op instanceof Op.Add) {
      touches.written(op.path(), index);
    }
  }

  /** What does the work of both, in the place of {@code earlier}; null if nothing may. */
  private static @Nullable Op merged(Op earlier, Op later) {
    Json first = earlier instanceof Op.Add add ? add.value() : ((Op.Replace) earlier).value();
    Json last = valueAfter(first, later);
    if (last == null || !isSameElement(later.path(), first, last)) {
      return null;
    }
    return earlier instanceof Op.Add
        ? new Op.Add(earlier.path(), last)
        : new Op.Replace(earlier.path(), last);
  }

  private static @Nullable Json valueAfter(Json first, Op later) {
    if (later instanceof Op.Replace replace) {
      return replace.value();
    }
    if (later instanceof Op.Add add) {
      return add.path().isRoot() || !Location.isForArrays(add.path().last()) ? add.value() : null;
    }
    if (later instanceof Op.Inc inc && first instanceof JsonNumber number) {
      double sum = number.value() + inc.value().value();
      return Double.isFinite(sum) ? JsonNumber.of(sum) : null;
    }
    return null;
  }

  /** Whether {@code path} addresses the same place with either value there: {@code -} never does, a key if both have it. */
  private static boolean isSameElement(Pointer path, Json first, Json last) {
    if (path.isRoot()) {
      return true;
    }
    String token = path.last();
    if (!Location.isKeyed(token)) {
      return !token.equals(Location.END);
    }
    return Location.matches(first, token) && Location.matches(last, token);
  }
}
