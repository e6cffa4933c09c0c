package io.holdfast.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Runs faults by name, with as many seeds as wanted: {@code mvn -Pfaults -Dfaults=kill,term -Dseed=1 -Drounds=10}. */
public final class FaultRuns {
  private int held;
  private int broken;
  private int notRun;

  private FaultRuns() {}

  /**
   * Arguments: names separated by commas or {@code all}, first seed, rounds, nodes. Ends with 1 if a promise was broken, with 2 if a
   * fault could not be run here.
   */
  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.WARN);
    List<String> names =
        arguments[0].equals("all") ? Faults.names() : List.of(arguments[0].split(","));
    long seed = Long.parseLong(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    int nodes = Integer.parseInt(arguments[3]);
    System.exit(new FaultRuns().run(names, seed, rounds, nodes));
  }

  private int run(List<String> names, long seed, int rounds, int nodes) {
    try {
      names.forEach(Faults::named);
    } catch (IllegalArgumentException unknown) {
      System.err.println(unknown.getMessage());
      return 2;
    }
    for (int round = 0; round < rounds; round++) {
      for (String name : names) {
        run(name, seed + round, nodes);
      }
    }
    System.out.printf(
        "%d runs: every promise held in %d, one was broken in %d, not run here %d%n",
        held + broken + notRun, held, broken, notRun);
    return broken > 0 ? 1 : notRun > 0 ? 2 : 0;
  }

  /** What a fault needs and this machine does not have keeps the others from nothing. */
  private void run(String name, long seed, int nodes) {
    try {
      Outcome outcome = FaultRun.of(name, nodes, seed);
      held += outcome.isGood() ? 1 : 0;
      broken += outcome.isGood() ? 0 : 1;
      System.out.println(outcome + "\n");
    } catch (IllegalStateException lacking) {
      notRun++;
      System.out.printf("fault %s, seed %d: not run: %s%n%n", name, seed, lacking.getMessage());
    }
  }
}
