package io.holdfast.faults;

import java.time.Duration;
import java.util.List;

/** What happens between nodes. Each cut lasts until the cluster must have decided who goes on. */
final class NetworkFaults {
  private static final Duration LONG = Duration.ofSeconds(25);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final int A_WHILE = 300;

  private NetworkFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.apart("partition", scene -> isolate(scene, true, true)),
        Fault.apart("partition-one-way", scene -> isolate(scene, true, false)),
        Fault.apart("partition-link", NetworkFaults::oneLink),
        Fault.apart("flapping", NetworkFaults::flap));
  }

  /** One node hears nobody, or is heard by nobody, or both; clients and database reach it all the time. */
  private static void isolate(Scene scene, boolean out, boolean in) {
    int alone = scene.anyPlace();
    cut(scene, alone, out, in);
    scene.hold(LONG);
    scene.cluster().network().heal();
  }

  private static void cut(Scene scene, int alone, boolean out, boolean in) {
    for (int other = 0; other < scene.cluster().size(); other++) {
      if (other != alone && out) {
        scene.cluster().network().cut(alone, other);
      }
      if (other != alone && in) {
        scene.cluster().network().cut(other, alone);
      }
    }
  }

  /** Two nodes that do not reach each other, and a third that reaches both. */
  private static void oneLink(Scene scene) {
    scene.cluster().network().cut(0, 1);
    scene.cluster().network().cut(1, 0);
    scene.hold(LONG);
    scene.cluster().network().heal();
  }

  /** A node that is cut off and back again before anybody can decide. */
  private static void flap(Scene scene) {
    int alone = scene.anyPlace();
    for (int round = 0; round < 4; round++) {
      cut(scene, alone, true, true);
      scene.hold(SHORT);
      scene.cluster().network().heal();
      scene.workOn(A_WHILE);
    }
  }
}
