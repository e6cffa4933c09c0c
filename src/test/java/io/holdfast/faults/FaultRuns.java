package io.holdfast.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Runs faults by name, with as many seeds as wanted: {@code mvn -Pfaults -Dfaults=kill,term -Dseed=1 -Drounds=10}. */
public final class FaultRuns {
  private FaultRuns() {}

  /** Arguments: names separated by commas or {@code all}, first seed, rounds, nodes. Ends with 1 if a promise was broken. */
  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.WARN);
    List<String> names =
        arguments[0].equals("all") ? List.copyOf(Faults.names()) : List.of(arguments[0].split(","));
    long seed = Long.parseLong(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    int nodes = Integer.parseInt(arguments[3]);
    int broken = 0;
    for (int round = 0; round < rounds; round++) {
      for (String name : names) {
        Outcome outcome = FaultRun.of(name, nodes, seed + round);
        broken += outcome.isGood() ? 0 : 1;
        System.out.println(outcome + "\n");
      }
    }
    System.out.printf("%d of %d runs broke a promise%n", broken, rounds * names.size());
    System.exit(broken == 0 ? 0 : 1);
  }
}
