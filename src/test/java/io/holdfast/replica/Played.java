package io.holdfast.replica;

import akka.actor.typed.ActorRef;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.Keys;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.ServerFrames.Present;

/** What a replica does to an observation, played by the tests of those who observe. */
public final class Played {
  private Played() {}

  public static void attach(Observation observation, ActorRef<Replica.Command> replica) {
    observation.attached(replica);
  }

  /** There is no document yet, and it is shown so. */
  public static void publishNothing(Observation observation) {
    observation.publish(
        Published.attached(observation.entity(), Keys.none(), Position.NONE, JsonNull.NULL));
  }

  /** That is the document at this version. */
  public static void publish(Observation observation, long version, Json document) {
    observation.publish(
        Published.attached(observation.entity(), Keys.none(), new Position(1, version), document));
  }

  /** So many others are present. */
  public static void present(Observation observation, int others) {
    PresenceBoard board = PresenceBoard.empty(observation.entity());
    for (int i = 0; i < others; i++) {
      board = board.with(new Present("s" + i, "c" + i, "ann", JsonNull.NULL));
    }
    observation.present(board);
  }

  public static void lose(Observation observation) {
    observation.lose();
  }
}
