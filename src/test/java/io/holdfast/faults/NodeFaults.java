package io.holdfast.faults;

import java.time.Duration;
import java.util.List;

/** What happens to nodes. */
final class NodeFaults {
  private static final int A_WHILE = 400;

  private NodeFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("kill", NodeFaults::kill),
        Fault.of("kill-oldest", scene -> killAt(scene, 0)),
        Fault.of("term", scene -> replace(scene.cluster().place(scene.anyPlace()))),
        Fault.of("rolling", NodeFaults::rolling),
        Fault.of("pause-5", scene -> pause(scene, 5)),
        Fault.of("pause-15", scene -> pause(scene, 15)),
        Fault.of("pause-60", scene -> pause(scene, 60)),
        Fault.withClocks("clock", NodeFaults::clock));
  }

  /** kill -9 and a restart, twice. */
  private static void kill(Scene scene) {
    killAt(scene, scene.anyPlace());
    killAt(scene, scene.anyPlace());
  }

  private static void killAt(Scene scene, int place) {
    scene.cluster().place(place).kill();
    scene.cluster().place(place).start();
    scene.workOn(A_WHILE);
  }

  /** SIGTERM and a successor; the node must end by itself with code 0. */
  private static void replace(Place place) {
    int exit = place.terminate();
    if (exit != 0) {
      throw new AssertionError(
          "exit code after SIGTERM: %d (expected: 0): %s".formatted(exit, place.said()));
    }
    place.start();
  }

  /** One node after the other gets a new version, and then once more. */
  private static void rolling(Scene scene) {
    for (int version = 1; version <= 2; version++) {
      for (int place = 0; place < scene.cluster().size(); place++) {
        scene.cluster().place(place).set("HOLDFAST_APP_VERSION", "0.1." + version);
        replace(scene.cluster().place(place));
        scene.workOn(A_WHILE / 2);
      }
    }
  }

  /** A node that stands still for so long and does not know it. */
  private static void pause(Scene scene, int seconds) {
    int place = scene.anyPlace();
    scene.cluster().place(place).signal("STOP");
    scene.hold(Duration.ofSeconds(seconds));
    scene.cluster().place(place).signal("CONT");
  }

  /** The time of day jumps forward by an hour on one node, then back by two, then to where it was. */
  private static void clock(Scene scene) {
    WallClock clock = scene.cluster().place(scene.anyPlace()).clock();
    for (int hours : new int[] {1, -1, 0}) {
      clock.shift(Duration.ofHours(hours));
      scene.workOn(A_WHILE);
    }
  }
}
