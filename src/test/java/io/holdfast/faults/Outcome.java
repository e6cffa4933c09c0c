package io.holdfast.faults;

import io.holdfast.checker.Checker;
import io.holdfast.checker.Finding;
import java.util.List;
import java.util.Map;

/**
 * What came of a fault run.
 *
 * @param summary a few lines of numbers
 * @param findings broken promises
 * @param surprises what a good server never does, although no promise names it
 */
record Outcome(String summary, List<Finding> findings, Map<String, Integer> surprises) {
  private static final int SHOWN = 3;

  boolean isGood() {
    return findings.isEmpty() && surprises.isEmpty();
  }

  @Override
  public String toString() {
    String verdict = isGood()
        ? "verdict: every promise held"
        : "verdict: BROKEN\n%s%s".formatted(Checker.report(findings, SHOWN), surprises);
    return summary + "\n" + verdict;
  }
}
