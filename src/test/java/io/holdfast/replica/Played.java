package io.holdfast.replica;

import akka.actor.typed.ActorRef;

/** What a replica does to an observation, played by the tests of those who observe. */
public final class Played {
  private Played() {}

  public static void attach(Observation observation, ActorRef<Replica.Command> replica) {
    observation.attached(replica);
  }

  public static void lose(Observation observation) {
    observation.lose();
  }
}
