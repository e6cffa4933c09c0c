package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterPlanTest {
  @Test
  void startsWhereASingleNodeIs() throws CommandFailed {
    ClusterPlan plan = ClusterPlan.of(3, 8080);

    assertThat(plan.ports())
        .containsExactly(8080, 8090, 25521, 8081, 8091, 25522, 8082, 8092, 25523);
    assertThat(plan.seedNodes()).isEqualTo("127.0.0.1:25521,127.0.0.1:25522,127.0.0.1:25523");
  }

  @Test
  void noTwoNodesWantTheSamePort() throws CommandFailed {
    assertThat(ClusterPlan.of(10, 48_085).ports())
        .doesNotHaveDuplicates()
        .allSatisfy(port -> assertThat(port).isBetween(1, 65_535));
  }

  @Test
  void theOwnPortsWinAndEverythingElseCountsForAll() throws CommandFailed {
    Map<String, String> inherited = Map.of(
        "PATH", "/bin",
        "HOLDFAST_JDBC_URL", "jdbc:postgresql://db/x",
        "HOLDFAST_HTTP_PORT", "1",
        "HOLDFAST_OPS_PORT_FILE", "/etc/port");

    assertThat(ClusterPlan.of(2, 9000).environment(2, inherited))
        .containsEntry("PATH", "/bin")
        .containsEntry("HOLDFAST_JDBC_URL", "jdbc:postgresql://db/x")
        .containsEntry("HOLDFAST_HTTP_PORT", "9001")
        .containsEntry("HOLDFAST_OPS_PORT", "9011")
        .doesNotContainKey("HOLDFAST_OPS_PORT_FILE")
        .containsEntry("HOLDFAST_REMOTING_HOST", "127.0.0.1")
        .containsEntry("HOLDFAST_REMOTING_PORT", "26442")
        .containsEntry("HOLDFAST_SEED_NODES", "127.0.0.1:26441,127.0.0.1:26442");
  }

  @Test
  void theNodesShareTheMemoryOneWouldTake() throws CommandFailed {
    ClusterPlan plan = ClusterPlan.of(5, 8080);

    assertThat(plan.environment(1, Map.of()))
        .containsEntry("HOLDFAST_JAVA_OPTS", "-XX:MaxRAMPercentage=10");
    assertThat(plan.environment(1, Map.of("HOLDFAST_JAVA_OPTS", "-Xmx1g")))
        .containsEntry("HOLDFAST_JAVA_OPTS", "-Xmx1g");
  }

  @ParameterizedTest
  @CsvSource({"0,8080", "11,8080", "-1,8080", "3,0", "3,48093", "3,70000"})
  void refusesWhatHasNoRoom(int nodes, int basePort) {
    assertThatThrownBy(() -> ClusterPlan.of(nodes, basePort))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("(expected: 1–");
  }
}
