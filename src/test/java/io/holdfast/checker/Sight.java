package io.holdfast.checker;

import io.holdfast.document.Json;
import java.util.List;

/** What passed between an observer and a server about one entity. */
public sealed interface Sight {
  /** The observer asked to observe; {@code epoch} and {@code version} are what it had, both {@link #NOTHING} if nothing. */
  record Opened(long epoch, long version) implements Sight {}

  /** Frame {@code state}. */
  record State(long epoch, long version, Json doc) implements Sight {}

  /** Frame {@code "t":"changed"}. */
  record Changed(long from, long version, Json ops, List<Line> changes) implements Sight {}

  /** Frame {@code current}. */
  record Current(long epoch, long version) implements Sight {}

  /** What {@code changed} says of one change. */
  record Line(long version, String client, long seq, String by, long at) {}

  /** No version at all. */
  long NOTHING = -1;
}
