package io.holdfast.faults;

import static io.holdfast.faults.FaultsTest.assertHolds;

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
  void everyNodeReplacedByANewVersionTwiceUnderLoadLosesAndRepeatsNothing() {
    assertHolds("rolling", NODES);
  }
}
