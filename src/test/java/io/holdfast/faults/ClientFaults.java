package io.holdfast.faults;

import java.util.List;

/** What happens to clients and on the way to them. */
final class ClientFaults {
  private static final int A_WHILE = 400;

  private ClientFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("none", scene -> scene.workOn(A_WHILE)),
        Fault.of("slow-reader", SlowReader::strike),
        Fault.of("storm", ClientFaults::storm),
        Fault.of("mischief", ClientFaults::mischief));
  }

  /** Everybody leaves at once without a word and comes back, several times. */
  private static void storm(Scene scene) {
    for (int wave = 0; wave < 4; wave++) {
      scene.load().clients().forEach(Client::drop);
      scene.workOn(A_WHILE / 2);
    }
  }

  /** One in eight frames of every client is lost, doubled or overtaken. */
  private static void mischief(Scene scene) {
    scene.load().clients().forEach(client -> client.misbehave(12));
    scene.workOn(3 * A_WHILE);
    scene.load().clients().forEach(client -> client.misbehave(0));
  }
}
