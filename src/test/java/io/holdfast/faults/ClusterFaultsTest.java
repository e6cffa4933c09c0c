package io.holdfast.faults;

import static io.holdfast.faults.FaultsTest.assertHolds;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same for three nodes of one cluster. */
@Tag("faults")
final class ClusterFaultsTest {
  private static final int NODES = 3;

  @Test
  void theOldestNodeKilledUnderLoadLosesAndRepeatsNothing() {
    assertHolds("kill-oldest", NODES);
  }

  @Test
  void aNodeThatStoodStillAndWasGivenUpMeanwhileHarmsNothing() {
    assertHolds("pause-15", NODES);
  }

  @Test
  void aNodeCutOffFromTheOthersWritesAndServesNothingStale() {
    assumeTrue(Network.isPossible(), "network namespaces: none here (they need root on Linux)");

    assertHolds("partition", NODES);
  }
}
