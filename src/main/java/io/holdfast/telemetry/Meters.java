package io.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Every meter of a node, looked up without allocating. Thread-safe. */
public final class Meters {
  private static final Duration[] LATENCIES = {
    Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(20),
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(500),
        Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Map<String, Counter>> commands = new ConcurrentHashMap<>();
  private final Map<String, Counter> recoveries = new ConcurrentHashMap<>();
  private final Timer commit =
      latency("holdfast.commit", "from admission until the batch is in the database");
  private final Timer endToEnd =
      latency("holdfast.command", "from a command's arrival until its receipt leaves the node");
  private final DistributionSummary batchSize = DistributionSummary.builder("holdfast.batch.size")
      .description("events per committed batch")
      .register(registry);
  private final Counter deliveries =
      counter("holdfast.deliveries", "frames with changes handed to sockets");
  private final Counter merged =
      counter("holdfast.deliveries.merged", "frames that stand for several batches of changes");
  private final Counter hits =
      counter("holdfast.cache.hits", "reads answered by a replica that was there");
  private final Counter misses =
      counter("holdfast.cache.misses", "reads that had to open the entity first");

  private Timer latency(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** Commands judged, by kind and outcome ({@code accepted}, {@code duplicate}, or the code of the refusal). */
  public Counter command(String kind, String outcome) {
    Map<String, Counter> ofKind = commands.computeIfAbsent(kind, k -> new ConcurrentHashMap<>());
    return ofKind.computeIfAbsent(outcome, o -> commandCounter(kind, o));
  }

  private Counter commandCounter(String kind, String outcome) {
    return Counter.builder("holdfast.commands")
        .description("commands judged")
        .tag("kind", kind)
        .tag("outcome", outcome)
        .register(registry);
  }

  public Counter recoveries(String outcome) {
    return recoveries.computeIfAbsent(outcome, o -> Counter.builder("holdfast.recoveries")
        .description("entities recovered")
        .tag("outcome", o)
        .register(registry));
  }

  public Timer commit() {
    return commit;
  }

  public Timer endToEnd() {
    return endToEnd;
  }

  public DistributionSummary batchSize() {
    return batchSize;
  }

  public Counter deliveries() {
    return deliveries;
  }

  public Counter merged() {
    return merged;
  }

  public Counter hits() {
    return hits;
  }

  public Counter misses() {
    return misses;
  }

  /** A number read when the metrics are. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).strongReference(true).register(registry);
  }

  /** Prometheus text exposition format. */
  public String scrape() {
    return registry.scrape();
  }
}
