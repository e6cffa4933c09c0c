package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.cluster.sharding.ShardCoordinator.ActorSystemDependentAllocationStrategy;
import akka.testkit.TestProbe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Map;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** That a node which drains is left, a few shards at a time, and gets none. */
final class ShardPlacementTest {
  private static final ActorSystem SYSTEM = ActorSystem.create("placement");
  private static final String STAYS = "stays";
  private static final String GOES = "goes";
  private static final int AT_ONCE = 3;

  private final ActorRef stays = new TestProbe(SYSTEM, "stays").ref();
  private final ActorRef goes = new TestProbe(SYSTEM, "goes").ref();
  private final Usual usual = new Usual();
  private Set<String> draining = Set.of(GOES);
  private final ShardPlacement placement = new ShardPlacement(
      usual, () -> draining, AT_ONCE, region -> region.equals(stays) ? STAYS : GOES);

  /** Gives new shards to the region that has the fewest, and plans to move all of the first region's. */
  private static final class Usual implements ActorSystemDependentAllocationStrategy {
    private final List<Set<ActorRef>> regionsSeen = new ArrayList<>();

    @Override
    public void start(ActorSystem system) {}

    @Override
    public Future<ActorRef> allocateShard(
        ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> now) {
      regionsSeen.add(new HashSet<>(CollectionConverters.asJava(now).keySet()));
      return Future.successful(CollectionConverters.asJava(now).entrySet().stream()
          .min((a, b) -> Integer.compare(a.getValue().size(), b.getValue().size()))
          .orElseThrow()
          .getKey());
    }

    @Override
    public Future<scala.collection.immutable.Set<String>> rebalance(
        Map<ActorRef, IndexedSeq<String>> now, scala.collection.immutable.Set<String> moving) {
      return Future.successful(
          CollectionConverters.asScala(CollectionConverters.asJava(now.head()._2()))
              .toSet());
    }
  }

  @AfterAll
  static void stop() {
    SYSTEM.terminate();
  }

  private Map<ActorRef, IndexedSeq<String>> shards(int staying, int going) {
    var now = new LinkedHashMap<ActorRef, IndexedSeq<String>>();
    now.put(stays, names("s", staying));
    now.put(goes, names("g", going));
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(now));
  }

  private static IndexedSeq<String> names(String prefix, int count) {
    List<String> names = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    return CollectionConverters.asScala(names).toVector();
  }

  private Set<String> moved(Map<ActorRef, IndexedSeq<String>> now, String... moving) {
    return CollectionConverters.asJava(now(
        placement.rebalance(now, CollectionConverters.asScala(Set.of(moving)).toSet())));
  }

  private static <T> T now(Future<T> future) {
    return FutureConverters.asJava(future).toCompletableFuture().join();
  }

  @Test
  void aNodeThatDrainsIsLeftAFewShardsAtATime() {
    assertThat(moved(shards(10, 5))).containsExactlyInAnyOrder("g0", "g1", "g2");
    assertThat(moved(shards(10, 5), "g0", "g1")).containsExactly("g2");
    assertThat(moved(shards(10, 5), "g0", "g1", "g2")).isEmpty();
  }

  @Test
  void aNodeThatDrainsGetsNoShardHoweverFewItHas() {
    ActorRef home = now(placement.allocateShard(goes, "new", shards(10, 0)));

    assertThat(home).isEqualTo(stays);
    assertThat(usual.regionsSeen).containsExactly(Set.of(stays));
  }

  @Test
  void whereNobodyStaysNothingMovesAndShardsAreStillServed() {
    draining = Set.of(STAYS, GOES);

    assertThat(moved(shards(4, 2))).isEmpty();
    assertThat(now(placement.allocateShard(goes, "new", shards(4, 2)))).isEqualTo(goes);
  }

  @Test
  void otherMovesAreLeftToTheUsualRuleInTheSameSmallLots() {
    draining = Set.of();

    assertThat(moved(shards(10, 0))).hasSize(AT_ONCE);
    assertThat(moved(shards(10, 0), "s0")).hasSize(AT_ONCE - 1);
  }
}
