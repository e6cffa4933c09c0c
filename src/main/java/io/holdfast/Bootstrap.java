package io.holdfast;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.management.cluster.bootstrap.ClusterBootstrap;
import akka.management.javadsl.AkkaManagement;
import com.typesafe.config.Config;
import java.util.concurrent.CompletionStage;

/** How a node finds its cluster without a list of seed nodes: it asks who is there, and they ask each other who is in already. */
final class Bootstrap {
  private Bootstrap() {}

  /** Whether {@code holdfast.cluster.bootstrap} is on. */
  static boolean isOn(Config config) {
    return config.getBoolean("holdfast.cluster.bootstrap");
  }

  /**
   * Opens the management port, where the other nodes ask, and starts to look for them. Completes when the port is open, fails if
   * it cannot be; the cluster tells when the node is in. Seed nodes win: with them, nothing is looked for.
   */
  static CompletionStage<Done> start(ActorSystem<?> system) {
    CompletionStage<Done> open =
        AkkaManagement.get(system).start().thenApply(uri -> Done.getInstance());
    ClusterBootstrap.get(system).start();
    return open;
  }
}
