package io.holdfast;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Where a node finds its cluster: {@code HOLDFAST_SEED_NODES}, a list of {@code host:port} in the same order on every node. */
final class SeedNodes {
  private static final Pattern SEED = Pattern.compile("[A-Za-z0-9._-]+:[0-9]{1,5}");
  private static final String PORT = "akka.remote.artery.canonical.port";

  /** What nodes with peers talk to each other on, unless told otherwise. */
  private static final int DEFAULT_PORT = 25520;

  private SeedNodes() {}

  /** {@code config} with the nodes that {@code list} names; unchanged if it names none. */
  static Config in(Config config, String list) {
    if (list.isBlank()) {
      return config;
    }
    List<String> seeds =
        Arrays.stream(list.split(",")).map(String::trim).map(SeedNodes::address).toList();
    Config joined =
        config.withValue("akka.cluster.seed-nodes", ConfigValueFactory.fromIterable(seeds));
    return joined.hasPath(PORT)
        ? joined
        : joined.withValue(PORT, ConfigValueFactory.fromAnyRef(DEFAULT_PORT));
  }

  private static String address(String seed) {
    if (!SEED.matcher(seed).matches()) {
      throw new IllegalArgumentException(
          "HOLDFAST_SEED_NODES: %s (expected: host:port, separated by commas)".formatted(seed));
    }
    return "akka://holdfast@" + seed;
  }
}
