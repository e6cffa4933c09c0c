package io.holdfast.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All faults by name. */
final class Faults {
  private static final int A_WHILE = 400;

  private static final Map<String, Fault> ALL = new LinkedHashMap<>();

  static {
    ALL.put("none", scene -> scene.workOn(A_WHILE));
    ALL.put("kill", Faults::kill);
    ALL.put("term", Faults::term);
    ALL.put("database", Faults::database);
    ALL.put("slow-reader", SlowReader::strike);
    ALL.put("storm", Faults::storm);
    ALL.put("mischief", Faults::mischief);
    ALL.put("pause-5", scene -> pause(scene, 5));
    ALL.put("pause-15", scene -> pause(scene, 15));
  }

  private Faults() {}

  static Set<String> names() {
    return ALL.keySet();
  }

  static Optional<Fault> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** kill -9 and a restart, twice. */
  private static void kill(Scene scene) {
    for (int round = 0; round < 2; round++) {
      int place = scene.anyPlace();
      scene.cluster().kill(place);
      scene.cluster().start(place);
      scene.workOn(A_WHILE);
    }
  }

  /** SIGTERM and a restart; the node must end by itself with code 0. */
  private static void term(Scene scene) {
    int place = scene.anyPlace();
    int exit = scene.cluster().terminate(place);
    if (exit != 0) {
      throw new AssertionError("exit code after SIGTERM: %d (expected: 0)".formatted(exit));
    }
    scene.cluster().start(place);
  }

  /** kill -9 of all of PostgreSQL, and a start. */
  private static void database(Scene scene) {
    scene.cluster().database().kill();
    scene.hold(Duration.ofSeconds(2));
    scene.cluster().database().start();
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

  /** A node that stands still for so long and does not know it. */
  private static void pause(Scene scene, int seconds) {
    int place = scene.anyPlace();
    scene.cluster().signal(place, "STOP");
    scene.hold(Duration.ofSeconds(seconds));
    scene.cluster().signal(place, "CONT");
  }
}
