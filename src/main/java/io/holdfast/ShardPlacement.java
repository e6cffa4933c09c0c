package io.holdfast;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.cluster.sharding.ShardCoordinator.ActorSystemDependentAllocationStrategy;
import akka.cluster.sharding.ShardCoordinator.ShardAllocationStrategy$;
import com.typesafe.config.Config;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Map;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Where shards live: as {@code usual} has it, but on no node that drains, and what such a node still has moves away. Only a few
 * shards are on the move at any time, because the coordinator moves one after the other, and whoever writes to a shard waits
 * for all that were begun before it.
 */
final class ShardPlacement implements ActorSystemDependentAllocationStrategy {
  private final ActorSystemDependentAllocationStrategy usual;
  private final Supplier<Set<String>> draining;
  private final int movingAtOnce;
  private final Function<ActorRef, String> node;

  /**
   * {@code draining} names the nodes that are to be left; {@code movingAtOnce} is how many shards move at the same time;
   * {@code node} says on which node a region is.
   */
  ShardPlacement(
      ActorSystemDependentAllocationStrategy usual,
      Supplier<Set<String>> draining,
      int movingAtOnce,
      Function<ActorRef, String> node) {
    this.usual = usual;
    this.node = node;
    this.draining = draining;
    this.movingAtOnce = movingAtOnce;
  }

  /** As {@code holdfast.cluster} and Akka's own settings say; nodes are named by their addresses. */
  static ShardPlacement of(Config root, Address self, Supplier<Set<String>> draining) {
    Config least = root.getConfig("akka.cluster.sharding.least-shard-allocation-strategy");
    var usual = ShardAllocationStrategy$.MODULE$.leastShardAllocationStrategy(
        least.getInt("rebalance-absolute-limit"), least.getDouble("rebalance-relative-limit"));
    return new ShardPlacement(
        (ActorSystemDependentAllocationStrategy) usual,
        draining,
        root.getInt("holdfast.cluster.moving-at-once"),
        region -> address(region, self).toString());
  }

  private static Address address(ActorRef region, Address self) {
    Address address = region.path().address();
    return address.hasLocalScope() ? self : address;
  }

  @Override
  public void start(ActorSystem system) {
    usual.start(system);
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> now) {
    Map<ActorRef, IndexedSeq<String>> staying = staying(now);
    return usual.allocateShard(requester, shard, staying.isEmpty() ? now : staying);
  }

  @Override
  public Future<scala.collection.immutable.Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> now, scala.collection.immutable.Set<String> moving) {
    Map<ActorRef, IndexedSeq<String>> staying = staying(now);
    int room = movingAtOnce - moving.size();
    if (room <= 0 || staying.isEmpty()) {
      return Future.successful(first(0, List.of()));
    }
    List<String> stranded = stranded(now, new HashSet<>(CollectionConverters.asJava(moving)));
    return stranded.isEmpty()
        ? FutureConverters.asScala(FutureConverters.asJava(usual.rebalance(staying, moving))
            .thenApply(planned -> first(room, List.copyOf(CollectionConverters.asJava(planned)))))
        : Future.successful(first(room, stranded));
  }

  private Map<ActorRef, IndexedSeq<String>> staying(Map<ActorRef, IndexedSeq<String>> now) {
    Set<String> leaving = draining.get();
    Map<ActorRef, IndexedSeq<String>> staying = now;
    for (ActorRef region : CollectionConverters.asJava(now).keySet()) {
      staying = leaving.contains(node.apply(region)) ? staying.removed(region) : staying;
    }
    return staying;
  }

  /** What draining nodes have that is not on the move yet, in the order of the shards' names. */
  private List<String> stranded(Map<ActorRef, IndexedSeq<String>> now, Set<String> moving) {
    Set<String> leaving = draining.get();
    return CollectionConverters.asJava(now).entrySet().stream()
        .filter(region -> leaving.contains(node.apply(region.getKey())))
        .flatMap(region -> CollectionConverters.asJava(region.getValue()).stream())
        .filter(shard -> !moving.contains(shard))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static scala.collection.immutable.Set<String> first(int most, List<String> shards) {
    List<String> chosen = shards.subList(0, Math.min(most, shards.size()));
    return CollectionConverters.asScala(chosen).toSet();
  }
}
