package io.holdfast.faults;

import io.holdfast.acceptance.Database;
import java.time.Duration;
import java.util.List;

/** What happens to the database, or between it and the nodes. */
final class DatabaseFaults {
  private static final int A_WHILE = 200;
  private static final String POISON =
      """
      CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.persistence_id = '%s' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '22000'; END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER poison BEFORE INSERT ON event_journal FOR EACH ROW EXECUTE FUNCTION poison()""";
  private static final String ANTIDOTE =
      "DROP TRIGGER poison ON event_journal; DROP FUNCTION poison()";

  private DatabaseFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("database", DatabaseFaults::stopHard),
        Fault.proxied("lost-answers", DatabaseFaults::lostAnswers),
        Fault.proxied("black-hole", DatabaseFaults::blackHole),
        Fault.proxied("slow-database", DatabaseFaults::slow),
        Fault.proxied("refusing-database", DatabaseFaults::refuse),
        Fault.onSmallDisk("disk-full", DatabaseFaults::diskFull),
        Fault.of("poison", DatabaseFaults::poison),
        Fault.of("damage", DatabaseFaults::damage));
  }

  /** kill -9 of all of PostgreSQL, and a start. */
  private static void stopHard(Scene scene) {
    scene.cluster().database().kill();
    scene.hold(Duration.ofSeconds(2));
    scene.cluster().database().start();
  }

  /** The connection breaks between COMMIT and its answer, again and again: nobody knows whether it was done. */
  private static void lostAnswers(Scene scene) {
    DatabaseProxy proxy = scene.cluster().proxy();
    for (int round = 1; round <= 5; round++) {
      int before = proxy.cuts();
      proxy.cutAfterCommits(2);
      scene.await("lost answers", () -> proxy.cuts() >= before + 2);
      scene.workOn(A_WHILE);
    }
  }

  /** Connections stand and nothing goes through. */
  private static void blackHole(Scene scene) {
    scene.cluster().proxy().blackHole();
    scene.hold(Duration.ofSeconds(10));
    scene.cluster().proxy().pass();
  }

  /** Every answer takes its time. */
  private static void slow(Scene scene) {
    scene.cluster().proxy().slow(Duration.ofMillis(700));
    scene.hold(Duration.ofSeconds(8));
    scene.cluster().proxy().pass();
  }

  /** Connections break, and new ones do too. */
  private static void refuse(Scene scene) {
    scene.cluster().proxy().refuse();
    scene.hold(Duration.ofSeconds(5));
    scene.cluster().proxy().pass();
  }

  /** The database cannot write another block; one that gives up for that is started once there is room. */
  private static void diskFull(Scene scene) {
    Database database = scene.cluster().database();
    database.disk().fill();
    scene.hold(Duration.ofSeconds(10));
    database.disk().free();
    database.revive();
  }

  /** The database refuses the rows of one entity; only that one may suffer, and only as long. */
  private static void poison(Scene scene) {
    scene.cluster().execute(POISON.formatted(victim(scene)));
    scene.workOn(4 * A_WHILE);
    scene.cluster().execute(ANTIDOTE);
  }

  /** An entity that few work on. */
  private static String victim(Scene scene) {
    Plan plan = scene.load().plan();
    return plan.own(2 + scene.random().nextInt(plan.sessions() - 2));
  }

  /** Somebody changes a stored event while every node is down; of that entity nothing may be served any more. */
  private static void damage(Scene scene) {
    String victim = victim(scene);
    for (int place = 0; place < scene.cluster().size(); place++) {
      scene.cluster().place(place).kill();
    }
    scene.cluster().execute("DELETE FROM snapshot WHERE persistence_id = '%s'".formatted(victim));
    scene
        .cluster()
        .execute("UPDATE event_journal SET event_payload = set_byte(event_payload, 40,"
            + " get_byte(event_payload, 40) # 1) WHERE persistence_id = '%s' AND sequence_number = 1"
                .formatted(victim));
    scene.around().recorder().damaged(victim);
    scene.cluster().startAll();
    scene.workOn(A_WHILE);
  }
}
