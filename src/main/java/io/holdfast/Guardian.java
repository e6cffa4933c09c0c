package io.holdfast;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import io.holdfast.document.Limits;
import io.holdfast.entity.Catalog;
import io.holdfast.entity.EntityMeters;
import io.holdfast.entity.EntitySettings;
import io.holdfast.entity.StateEntity;
import io.holdfast.http.HttpSettings;
import io.holdfast.http.OpsRoutes;
import io.holdfast.http.PublicApi;
import io.holdfast.journal.JournalGauges;
import io.holdfast.journal.JournalReader;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.FrameReader;
import io.holdfast.replica.History;
import io.holdfast.replica.Missed;
import io.holdfast.replica.Receipts;
import io.holdfast.replica.ReplicaSettings;
import io.holdfast.replica.Replicas;
import io.holdfast.session.Node;
import io.holdfast.session.Rates;
import io.holdfast.session.SessionSettings;
import io.holdfast.session.Sessions;
import io.holdfast.telemetry.Meters;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The root of a node's actors: puts the parts together and starts them in order. */
final class Guardian {
  private static final Duration HARD_STOP = Duration.ofSeconds(10);

  /** Where the node listens now. */
  record Started(int httpPort, int opsPort) {}

  private final ServerSettings settings;
  private final Catalog catalog;
  private final ActorSystem<Void> system;
  private final Meters meters = new Meters();
  private final Sessions sessions = new Sessions();
  private final Integrity integrity;

  private Guardian(ServerSettings settings, Catalog catalog, ActorSystem<Void> system) {
    this.settings = settings;
    this.catalog = catalog;
    this.system = system;
    this.integrity = Integrity.start(system, settings, meters);
  }

  /** {@code started} completes when the node serves, or fails when it cannot. */
  static Behavior<Void> create(
      ServerSettings settings, Catalog catalog, CompletableFuture<Started> started) {
    return Behaviors.<SelfUp>setup(context -> waiting(context, settings, catalog, started))
        .unsafeCast();
  }

  private static Behavior<SelfUp> waiting(
      ActorContext<SelfUp> context,
      ServerSettings settings,
      Catalog catalog,
      CompletableFuture<Started> started) {
    Cluster cluster = Cluster.get(context.getSystem());
    cluster.subscriptions().tell(Subscribe.create(context.getSelf(), SelfUp.class));
    join(context.getSystem(), settings, started);
    Guardian guardian = new Guardian(settings, catalog, context.getSystem());
    return Behaviors.receive(SelfUp.class)
        .onMessage(SelfUp.class, up -> {
          guardian.start(context).whenComplete((ports, failed) -> complete(started, ports, failed));
          return Behaviors.same();
        })
        .build();
  }

  /** With seed nodes Akka joins by itself. */
  private static void join(
      ActorSystem<?> system, ServerSettings settings, CompletableFuture<Started> started) {
    if (!settings.seedNodes().isEmpty()) {
      return;
    }
    if (Bootstrap.isOn(settings.config())) {
      Bootstrap.start(system).whenComplete((open, failed) -> {
        if (failed != null) {
          started.completeExceptionally(failed);
        }
      });
    } else {
      Cluster cluster = Cluster.get(system);
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }
  }

  private static void complete(
      CompletableFuture<Started> started, Started ports, Throwable failed) {
    if (failed == null) {
      started.complete(ports);
    } else {
      started.completeExceptionally(failed);
    }
  }

  private CompletionStage<Started> start(ActorContext<?> context) {
    ClusterSharding sharding = ClusterSharding.get(system);
    Draining draining = Draining.start(context);
    initEntities(draining);
    JournalReader journal = new JournalReader(Adapter.toClassic(system));
    Receipts receipts = new Receipts(journal::eventsBackwards);
    Node node = node(context, sharding, journal, receipts);
    gauges();
    HttpSettings http = HttpSettings.from(settings.config(), settings.devMode());
    Route routes = PublicApi.routes(
        system, node, http, journal::highest, new History(journal, catalog), receipts);
    Drain drain =
        new Drain(system, sessions, node.replicas(), draining, node.settings().drain());
    Route ops =
        OpsRoutes.of(node, http, settings.ops().isLoopback(), drain::run, integrity::quarantined);
    return FirstAnswer.of(sharding, catalog).thenCompose(answered -> listen(routes, ops, drain));
  }

  private void initEntities(Draining draining) {
    new Entities(
            catalog, EntitySettings.from(settings.config()), new EntityMeters(meters), integrity)
        .init(
            system,
            ShardPlacement.of(
                settings.config(),
                Cluster.get(system).selfMember().address(),
                draining::addresses));
  }

  private Node node(
      ActorContext<?> context, ClusterSharding sharding, JournalReader journal, Receipts receipts) {
    ReplicaSettings replica = ReplicaSettings.from(settings.config());
    Behavior<Replicas.Command> replicas = Replicas.create(
        catalog,
        replica,
        entity -> entityRef(sharding, entity)::tell,
        receipts,
        new Missed(journal::stretch, replica.catchUp()),
        () -> Lookout.of(Cluster.get(system)),
        meters);
    ActorRef<Replicas.Command> ref = context.spawn(
        Behaviors.supervise(replicas).onFailure(SupervisorStrategy.restart()), "replicas");
    SessionSettings session = SessionSettings.from(settings.config());
    Limits limits =
        new Limits(Limits.DEFAULT.depth(), Limits.DEFAULT.stringBytes(), session.frameBytes());
    return new Node(
        Cluster.get(system).selfMember().address().toString(),
        session,
        catalog,
        ref,
        settings.auth().verifier(Clock.systemUTC()),
        new FrameReader(limits),
        new Rates(session.subjectFramesPerSecond()),
        sessions,
        meters,
        Clock.systemUTC());
  }

  private static EntityRef<StateEntity.Command> entityRef(
      ClusterSharding sharding, EntityId entity) {
    return sharding.entityRefFor(StateEntity.KEY, entity.toString());
  }

  private void gauges() {
    meters.gauge("holdfast.sessions", "connected clients", sessions::size);
    meters.gauge(
        "holdfast.sessions.behind",
        "clients whose socket is busy while there is news",
        sessions::behind);
    JournalGauges journal = JournalGauges.of(Adapter.toClassic(system));
    meters.gauge("holdfast.journal.queue", "events waiting to be written", journal::queued);
  }

  private CompletionStage<Started> listen(Route routes, Route ops, Drain drain) {
    return bind(settings.ops(), ops)
        .thenCombine(bind(settings.http(), routes), (opsBinding, httpBinding) -> {
          drain.onShutdown();
          return new Started(
              httpBinding.localAddress().getPort(), opsBinding.localAddress().getPort());
        });
  }

  private CompletionStage<ServerBinding> bind(ServerSettings.Address at, Route route) {
    return Http.get(system)
        .newServerAt(at.host(), at.port())
        .bind(route)
        .thenApply(binding -> binding.addToCoordinatedShutdown(HARD_STOP, system));
  }
}
