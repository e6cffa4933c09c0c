package io.holdfast.document;

import java.util.ArrayList;
import java.util.List;

/** The ops of a diff as they are found, where in the document they are, and how many bytes they will take. */
final class DiffScript {
  private static final int OP_BYTES = "{\"op\":\"replace\",\"path\":\"\",\"value\":},".length();

  private final List<Op> ops = new ArrayList<>();
  private final List<String> path = new ArrayList<>();
  private long pathBytes;
  private long bytes;

  /** How far a script had come. */
  record Mark(int ops, long bytes) {}

  Patch toPatch() {
    return new Patch(ops);
  }

  List<String> path() {
    return path;
  }

  void enter(String token) {
    path.add(token);
    pathBytes += token.length() + 1;
  }

  void leave() {
    String token = path.remove(path.size() - 1);
    pathBytes -= token.length() + 1;
  }

  void add(String token, Json value) {
    ops.add(new Op.Add(child(token), value));
    count(token.length() + value.encodedBytes());
  }

  void remove(String token) {
    ops.add(new Op.Remove(child(token)));
    count(token.length());
  }

  void move(String from, String to) {
    ops.add(new Op.Move(child(from), child(to)));
    count(from.length() + to.length() + pathBytes);
  }

  /** Replaces the value the script stands at. */
  void replace(Json value) {
    ops.add(new Op.Replace(Pointer.of(path), value));
    count(value.encodedBytes());
  }

  Mark mark() {
    return new Mark(ops.size(), bytes);
  }

  /** Replaces the value the script stands at as a whole if that takes fewer bytes than what was found below it. */
  void settle(Mark mark, Json value) {
    long whole = OP_BYTES + pathBytes + value.encodedBytes();
    int found = ops.size() - mark.ops();
    if ((found > 0 && bytes - mark.bytes() > whole) || found > Patch.MOST_OPS) {
      ops.subList(mark.ops(), ops.size()).clear();
      bytes = mark.bytes();
      replace(value);
    }
  }

  private Pointer child(String token) {
    return Pointer.of(path).child(token);
  }

  private void count(long more) {
    bytes += OP_BYTES + pathBytes + more;
  }
}
